using System.Globalization;
using System.Text.Json.Nodes;

namespace WaGrains.LocalCluster.Sends;

/// <summary>Agents who hold conversations and write into each of them again and again.</summary>
internal sealed class AgentChats(SendRun run)
{
    // As many as an agent may hold at once.
    private const int ChatsPerAgent = 14;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<(string Conversation, OwnerApi Agent)> _chats = [];
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);

    /// <summary>What was written, by conversation, in its order.</summary>
    public IEnumerable<string> Conversations => _chats.Select(chat => chat.Conversation);

    /// <summary>The messages that were taken.</summary>
    public IReadOnlySet<string> Messages => _messages;

    /// <summary>Gives the newest conversations to agents.</summary>
    public async Task Begin(CancellationToken cancel)
    {
        IReadOnlyList<string> conversations = [];
        await Until.True(
            async _ => (conversations = await run.Owner.Ids("/v1/conversations", cancel)).Count >= run.Options.Chats,
            Patience, cancel);
        foreach (var group in conversations.Take(run.Options.Chats).Chunk(ChatsPerAgent))
        {
            var (id, agent) = await Agent(cancel);
            foreach (var conversation in group)
            {
                await run.Owner.Post(
                    $"/v1/conversations/{conversation}/assign", new JsonObject { ["agent_id"] = id }, cancel);
                _chats.Add((conversation, agent));
            }
        }

        await Until.True(async _ => await Held(cancel) == _chats.Count, Patience, cancel);
    }

    /// <summary>Writes into all of them in turn, at an even pace.</summary>
    public async Task Write(TimeSpan span, CancellationToken cancel)
    {
        var (began, every) = (TimeProvider.System.GetTimestamp(), TimeSpan.FromSeconds(1.0 / run.Options.PerSecond));
        using var ticks = new PeriodicTimer(every, TimeProvider.System);
        for (var i = 0; TimeProvider.System.GetElapsedTime(began) < span; i++)
        {
            await ticks.WaitForNextTickAsync(cancel);
            var (conversation, agent) = _chats[i % _chats.Count];
            var words = string.Create(CultureInfo.InvariantCulture, $"Estou a verificar #{i}");
            var taken = await agent.Post($"/v1/conversations/{conversation}/messages", new JsonObject
            {
                ["content"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = words } },
            }, cancel);
            _messages.Add(taken.GetProperty("message_id").GetString()!);
        }
    }

    private async Task<int> Held(CancellationToken cancel) =>
        (await run.Owner.Ids("/v1/conversations?phase=held", cancel)).Count;

    private async Task<(string Id, OwnerApi Agent)> Agent(CancellationToken cancel)
    {
        var made = await run.Owner.Post("/v1/agents", new JsonObject { ["name"] = "Ana", ["capacity"] = 15 }, cancel);
        var id = made.GetProperty("id").GetString()!;
        await run.Owner.Put($"/v1/agents/{id}/presence", new JsonObject { ["presence"] = "available" }, cancel);
        var key = await run.Owner.Post(
            "/v1/api-keys", new JsonObject { ["name"] = "Ana", ["role"] = "agent", ["agent_id"] = id }, cancel);
        return (id, run.Owner.As(key.GetProperty("key").GetString()!));
    }
}
