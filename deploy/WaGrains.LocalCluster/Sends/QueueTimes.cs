using System.Globalization;
using System.Text.Json;
using WaGrains.LocalCluster.Judging;

namespace WaGrains.LocalCluster.Sends;

/// <summary>How long messages waited from when the API had taken them until they were called to Meta, by their
/// timelines.</summary>
/// <param name="owner">The tenant's owner.</param>
internal sealed class QueueTimes(OwnerApi owner)
{
    private static readonly ParallelOptions Eight = new() { MaxDegreeOfParallelism = 8 };

    /// <summary>Of everything that was written into the conversations of those who wrote to us.</summary>
    public async Task<IReadOnlyList<Wait>> OfReplies(CancellationToken cancel)
    {
        var conversations = new HashSet<string>(StringComparer.Ordinal);
        await owner.Each(
            "/v1/messages?direction=inbound", each => conversations.Add(Text(each, "conversation_id")), cancel);
        return await Of(conversations, cancel);
    }

    /// <summary>Of everything that was written into these conversations.</summary>
    public async Task<IReadOnlyList<Wait>> Of(IEnumerable<string> conversations, CancellationToken cancel)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        await owner.Each(
            "/v1/numbers", each => numbers[Text(each, "id")] = Text(each, "phone_number_id"), cancel);
        var (waits, gate) = (new List<Wait>(), new Lock());
        await Parallel.ForEachAsync(conversations, Eight, async (conversation, _) =>
        {
            var number = numbers[Text(await owner.Get($"/v1/conversations/{conversation}", cancel), "number_id")];
            var messages = $"/v1/conversations/{conversation}/messages?direction=outbound";
            foreach (var message in await owner.Ids(messages, cancel))
            {
                var timeline = await owner.Get($"/v1/messages/{message}/timeline", cancel);
                if (Wait.Read(number, conversation, timeline) is { } wait)
                {
                    lock (gate)
                    {
                        waits.Add(wait);
                    }
                }
            }
        });
        return waits;
    }

    private static string Text(JsonElement each, string name) => each.GetProperty(name).GetString()!;
}

/// <summary>A message's wait for its first attempt.</summary>
/// <param name="Number">Meta's id of its number.</param>
/// <param name="Conversation">Its conversation.</param>
/// <param name="Queued">When it was taken.</param>
/// <param name="Attempted">When its first attempt began.</param>
internal sealed record Wait(string Number, string Conversation, DateTimeOffset Queued, DateTimeOffset Attempted)
{
    /// <summary>How long.</summary>
    public TimeSpan Length => Attempted - Queued;

    /// <summary>The wait that a timeline tells; null where no attempt was made.</summary>
    public static Wait? Read(string number, string conversation, JsonElement timeline)
    {
        DateTimeOffset? queued = null;
        foreach (var step in timeline.GetProperty("steps").EnumerateArray())
        {
            var at = step.GetProperty("at").GetDateTimeOffset();
            switch (step.GetProperty("step").GetString())
            {
                case "queued":
                    queued = at;
                    break;
                case "attempted" when queued is { } since:
                    return new Wait(number, conversation, since, at);
            }
        }

        return null;
    }
}

/// <summary>How waits spread.</summary>
/// <param name="Sorted">The shortest first.</param>
internal sealed record WaitSpread(IReadOnlyList<TimeSpan> Sorted) : Spread(Sorted)
{
    /// <summary>The spread of these.</summary>
    public static WaitSpread Of(IEnumerable<Wait> waits) => new([.. waits.Select(wait => wait.Length).Order()]);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Sorted.Count}, p50 {At(0.5).TotalMilliseconds:0} ms, p99 {At(0.99).TotalMilliseconds:0} ms, "
        + $"max {At(1).TotalMilliseconds:0} ms");
}
