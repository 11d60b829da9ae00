using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Engine.Reading;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Agents;

/// <summary>A person who answers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Capacity">How many conversations at once, 1 to 15.</param>
/// <param name="Presence">offline, available or away.</param>
/// <param name="Teams">Its teams.</param>
/// <param name="Holds">The conversations it holds.</param>
/// <param name="Load">Conversations held and offers accepted.</param>
internal sealed record AgentResource(
    AgentId Id,
    string Name,
    int Capacity,
    Presence Presence,
    IReadOnlyList<TeamId> Teams,
    IReadOnlyList<ConversationId> Holds,
    int Load)
{
    public static AgentResource Of(StoredAgent stored) => new(
        stored.State.Id,
        stored.State.Name,
        stored.State.Capacity.Value,
        stored.State.Presence,
        stored.State.Teams,
        [.. stored.Held.Select(held => held.Conversation)],
        stored.Held.Concat(stored.Offers).Select(each => each.Conversation).Distinct().Count());
}

/// <summary>An agent to add, or what to change of one.</summary>
/// <param name="Name">1 to 100 characters; needed for a new one.</param>
/// <param name="Capacity">How many conversations at once, 1 to 15; 7 unless given.</param>
internal sealed record AgentRequest(string? Name = null, int? Capacity = null)
{
    private const int NameCharsMax = 100;

    public IReadOnlyList<FieldMistake> Mistakes(bool isNew)
    {
        var mistakes = new List<FieldMistake>();
        if (Name is null ? isNew : Name.Length > NameCharsMax || string.IsNullOrWhiteSpace(Name))
        {
            mistakes.Add(
                new FieldMistake("name", Name is null ? "missing" : "invalid", $"1 to {NameCharsMax} characters."));
        }

        if (Capacity is < 1 or > AgentCapacity.Max)
        {
            mistakes.Add(new FieldMistake("capacity", "out_of_range", $"1 to {AgentCapacity.Max}."));
        }

        return mistakes;
    }
}

/// <summary>An agent comes, goes or pauses.</summary>
/// <param name="Presence">offline, available or away.</param>
/// <param name="Requeue">Whether what it holds goes back to the teams' queues; no unless given.</param>
internal sealed record PresenceRequest(Presence? Presence = null, bool Requeue = false);
