using System.Text.Json.Nodes;
using WaGrains.LocalCluster.Faults;
using WaGrains.LocalCluster.Judging;

namespace WaGrains.LocalCluster.Sends;

/// <summary>
/// Some calls are taken and never answered, and of half of these no status tells: nothing is sent twice, every message
/// comes to a settled end, and no chat of an agent waits longer than it must for one of them.
/// </summary>
internal sealed class SilenceRun(SendRun run)
{
    // No chat waits longer for an answer in doubt to the message before.
    private static readonly TimeSpan WaitBar = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan SettleSlack = TimeSpan.FromSeconds(60);

    private readonly AgentChats _chats = new(run);
    private readonly SendProgress _progress = new(run);

    /// <summary>Loads, waits and judges.</summary>
    public async Task Execute(CancellationToken cancel)
    {
        var steps = run.Steps;
        await steps.Take("load", () => Load(cancel), cancel);
        await steps.Take("settled", () => Settled(cancel), cancel);
        await steps.Take("rest", () => _progress.UntilRest(cancel), cancel);
        await steps.Take("results", () => Results(cancel), cancel);
        await steps.Take("chats", () => Waits(cancel), cancel);
        await steps.Take("sandbox", () => _progress.Judge(cancel), cancel);
    }

    private async Task<FaultOutcome> Load(CancellationToken cancel)
    {
        await _chats.Begin(cancel);
        var before = await run.Rig.Sandbox.Counts(cancel);
        var span = TimeSpan.FromSeconds(run.Options.Seconds);
        await _chats.Write(span, cancel);
        var after = await run.Rig.Sandbox.Counts(cancel);
        return new FaultOutcome(
            $"{(after.Accepted - before.Accepted) / span.TotalSeconds:0.0}/s for {span.TotalSeconds:0} s, "
            + $"{_chats.Messages.Count} of them by agents; never answered {after.NeverAnswered}, of which no status "
            + $"tells {after.NeverTold}",
            after.NeverAnswered > 0 ? [] : ["the sandbox answered everything"]);
    }

    /// <summary>The sandbox answers again, and customers go on: it is their webhooks that prove that a status would
    /// have come.</summary>
    private async Task<FaultOutcome> Settled(CancellationToken cancel)
    {
        await run.Rig.Sandbox.AnswerAll(cancel);
        var began = TimeProvider.System.GetTimestamp();
        var doubts = 0L;
        var within = TimeSpan.FromSeconds(run.Options.UnknownAfterSeconds) + SettleSlack;
        var numbers = await run.Owner.Ids("/v1/numbers", cancel);
        var isSettled = await Until.True(
            async _ => (doubts = await InDoubt(numbers, cancel)) == 0, within, cancel, SendProgress.BetweenLooks);
        var took = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return new FaultOutcome(
            $"no doubt left after {took:0} s more",
            isSettled ? [] : [$"{doubts} sends still in doubt after {took:0} s"]).With("settled_after_s", took);
    }

    private async Task<long> InDoubt(IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        var doubts = 0L;
        foreach (var number in numbers)
        {
            doubts += (await run.Owner.Get($"/v1/numbers/{number}/pace", cancel)).GetProperty("in_doubt").GetInt64();
        }

        return doubts;
    }

    private async Task<FaultOutcome> Results(CancellationToken cancel)
    {
        var words = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await run.Owner.Each("/v1/messages?direction=outbound", each =>
        {
            var word = each.GetProperty("status").GetString()!;
            words[word] = words.GetValueOrDefault(word) + 1;
        }, cancel);
        var counts = await run.Rig.Sandbox.Counts(cancel);
        var (unknown, open) = (words.GetValueOrDefault("unknown"), words.GetValueOrDefault("queued"));
        var lost = counts.Accepted - words.Values.Sum();
        return new FaultOutcome(
            $"{string.Join(", ", words.Select(word => $"{word.Key} {word.Value}"))}; the sandbox took "
            + $"{counts.Accepted}, never answered {counts.NeverAnswered}, of which no status tells {counts.NeverTold}",
            [])
            .And($"not settled {open}", open > 0)
            .And(
                $"unknown {unknown}, and that many nobody tells of: {unknown == counts.NeverTold}",
                unknown != counts.NeverTold)
            .And($"taken and not in the archive {lost}", lost != 0)
            .With("results", new JsonObject(words.Select(word =>
                KeyValuePair.Create(word.Key, (JsonNode?)JsonValue.Create(word.Value)))))
            .With("never_answered", counts.NeverAnswered)
            .With("never_told", counts.NeverTold);
    }

    /// <summary>How long each message of an agent's chats waited after the one before it had left.</summary>
    private async Task<FaultOutcome> Waits(CancellationToken cancel)
    {
        var waits = new List<TimeSpan>();
        var all = await new QueueTimes(run.Owner).Of(_chats.Conversations, cancel);
        foreach (var chat in all.GroupBy(wait => wait.Conversation))
        {
            var last = DateTimeOffset.MinValue;
            foreach (var wait in chat.OrderBy(wait => wait.Attempted))
            {
                var since = wait.Queued > last ? wait.Queued : last;
                waits.Add(wait.Attempted - since);
                last = wait.Attempted;
            }
        }

        var spread = new WaitSpread([.. waits.Order()]);
        var outcome = new FaultOutcome(
            $"wait in agents' chats for the message before: {spread}",
            spread.At(1) > WaitBar ? [$"one waited {spread.At(1).TotalSeconds:0.0} s for the one before"] : []);
        return (spread.Sorted.Count >= _chats.Messages.Count
                ? outcome
                : outcome.And($"messages without an attempt {_chats.Messages.Count - spread.Sorted.Count}", true))
            .With("chat_wait_max_ms", Math.Round(spread.At(1).TotalMilliseconds));
    }
}
