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

    private readonly SiloKills _kills = new(run.Rig);
    private readonly SendProgress _progress = new(run);

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

        for (var kill = 0; kill < options.Kills; kill++)
        {
            var share = (kill + 0.5) / (options.Kills + 0.5);
            await steps.Take($"kill {kill + 1}", async () =>
            {
                var before = await _progress.UntilTaken((int)(share * options.Recipients), cancel);
                return before.Then(await _kills.Strike(cancel));
            }, cancel);
        }

        await steps.Take("drain", () => _progress.UntilEnded(send, cancel), cancel);
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
                $"{string.Join(", ", results.Words.Select(word => $"{word.Key} {word.Value}"))}; the sandbox took "
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
        var (outside, inside) = (WaitSpread.Of(inOutage[false]), WaitSpread.Of(inOutage[true]));
        var outcome = new FaultOutcome(
            $"queue time of replies: {outside}; of numbers whose silo was dead, meanwhile: {inside}; "
            + $"all: {WaitSpread.Of(waits)}",
            outside.At(0.99) > ReplyBar ? [$"replies waited {outside.At(0.99).TotalSeconds:0.00} s at p99"] : []);
        return (outside.Sorted.Count > 0 ? outcome : outcome.And("nobody was answered", isViolation: true))
            .With("reply_wait_p99_ms", Math.Round(outside.At(0.99).TotalMilliseconds))
            .With("reply_wait_max_ms", Math.Round(outside.At(1).TotalMilliseconds))
            .With("reply_wait_outage_p99_ms", Math.Round(inside.At(0.99).TotalMilliseconds));
    }

    private static async Task<TimeSpan> Timed(Func<Task> act)
    {
        var began = TimeProvider.System.GetTimestamp();
        await act();
        return TimeProvider.System.GetElapsedTime(began);
    }
}
