using System.Globalization;
using System.Text.Json.Nodes;
using WaGrains.LocalCluster.Faults;

namespace WaGrains.LocalCluster.Sends;

/// <summary>
/// A long list leaves through many numbers while silos die: every recipient is written to at most once, the results add
/// up and agree with the sandbox, and the bot's replies to other people do not wait.
/// </summary>
internal sealed class BulkRun(SendRun run)
{
    private static readonly TimeSpan ReplyBar = TimeSpan.FromSeconds(1);

    private const int LongestMax = 5;

    private readonly DateTimeOffset _begins = TimeProvider.System.GetUtcNow();
    private readonly SiloKills _kills = new(run);
    private readonly SendProgress _progress = new(run);
    private DateTimeOffset _ended = DateTimeOffset.MaxValue;

    /// <summary>Sends, kills and judges.</summary>
    public async Task Execute(CancellationToken cancel)
    {
        var (steps, options) = (run.Steps, run.Options);
        var send = "";
        await steps.Take(
            "list",
            async () => Stored(await Timed(async () => send = await new BulkList(run).Upload(cancel))),
            cancel);
        if (send.Length == 0)
        {
            return;
        }

        await _kills.StrikeAll(_progress, options.Recipients, cancel);

        await steps.Take("drain", () => _progress.UntilEnded(send, cancel), cancel);
        _ended = TimeProvider.System.GetUtcNow();
        await steps.Take("rest", () => _progress.UntilRest(cancel), cancel);
        await steps.Take("results", () => Results(send, cancel), cancel);
        await steps.Take("replies", () => Replies(cancel), cancel);
        await steps.Take("sandbox", () => _progress.Judge(cancel), cancel);
    }

    private FaultOutcome Stored(TimeSpan took) => new FaultOutcome(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Options.Recipients} recipients in one request, running after {took.TotalSeconds:0.0} s"),
        []).With("list_stored_after_s", Math.Round(took.TotalSeconds, 2));

    private async Task<FaultOutcome> Results(string send, CancellationToken cancel)
    {
        BulkResults? results = null;
        var took = await Timed(async () => results = await BulkResults.Read(run.Owner, send, cancel));
        var sandbox = await run.Rig.Sandbox.Recipients(cancel);
        var words = new JsonObject(results!.Words.Select(word =>
            KeyValuePair.Create(word.Key, (JsonNode?)JsonValue.Create(word.Value))));
        var told = await SendProgress.Told(run.Owner, send, cancel);
        var outcome = new FaultOutcome(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{results}; the sandbox took "
                + $"{sandbox.Values.Sum()} to {sandbox.Count} people, at most {sandbox.Values.DefaultIfEmpty().Max()} "
                + $"to one; listed in {took.TotalSeconds:0.0} s"),
            results.Violations(run.Options.Recipients, sandbox));
        return (told.Sum == run.Options.Recipients
                ? outcome
                : outcome.And($"the send's own counts add up to {told.Sum}", isViolation: true))
            .With("results", words)
            .With("taken_by_sandbox", sandbox.Values.Sum());
    }

    private async Task<FaultOutcome> Replies(CancellationToken cancel)
    {
        var waits = await new QueueTimes(run.Owner).OfReplies(cancel);
        var inOutage = waits.ToLookup(wait => _kills.Outages.Any(
            outage => outage.Touches(wait.Number, wait.Queued, wait.Attempted)));
        var outside = inOutage[false].ToLookup(wait => wait.Queued < _ended);
        var (meanwhile, idle, dead) =
            (WaitSpread.Of(outside[true]), WaitSpread.Of(outside[false]), WaitSpread.Of(inOutage[true]));
        var outcome = new FaultOutcome(
            $"queue time of replies while the send goes: {meanwhile}; of numbers whose silo was dead: {dead}; "
            + $"after it: {idle}; the longest {Longest(outside[true])}",
            meanwhile.At(0.99) > ReplyBar ? [$"replies waited {meanwhile.At(0.99).TotalSeconds:0.00} s at p99"] : []);
        return (meanwhile.Sorted.Count > 0 ? outcome : outcome.And("nobody was answered", isViolation: true))
            .With("reply_wait_p99_ms", Math.Round(meanwhile.At(0.99).TotalMilliseconds))
            .With("reply_wait_max_ms", Math.Round(meanwhile.At(1).TotalMilliseconds))
            .With("reply_wait_outage_p99_ms", Math.Round(dead.At(0.99).TotalMilliseconds))
            .With("reply_wait_after_p99_ms", Math.Round(idle.At(0.99).TotalMilliseconds));
    }

    /// <summary>When the longest waits began, in seconds after the send did, and how long they were.</summary>
    private string Longest(IEnumerable<Wait> waits) => string.Join(", ", waits
        .OrderByDescending(wait => wait.Length)
        .Take(LongestMax)
        .Select(wait => string.Create(
            CultureInfo.InvariantCulture,
            $"{wait.Length.TotalSeconds:0.0} s at {(wait.Queued - _begins).TotalSeconds:0} s")));

    private static async Task<TimeSpan> Timed(Func<Task> act)
    {
        var began = TimeProvider.System.GetTimestamp();
        await act();
        return TimeProvider.System.GetElapsedTime(began);
    }
}
