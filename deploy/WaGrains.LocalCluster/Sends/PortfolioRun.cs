using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaGrains.LocalCluster.Faults;

namespace WaGrains.LocalCluster.Sends;

/// <summary>
/// More people are to be written to than Meta lets the numbers of one portfolio write to, while silos die: not one too
/// many is tried, next to nothing of the limit is left lying, and what is over waits.
/// </summary>
internal sealed class PortfolioRun(SendRun run)
{
    // At the 2K tier and above at most one per cent may lie unused.
    private const double UnusedShare = 0.01;

    // A hold whose end nobody heard of is looked after each minute, and only once its doubt has ended.
    private static readonly TimeSpan FillsWithin = TimeSpan.FromMinutes(4);

    private readonly SiloKills _kills = new(run);
    private readonly SendProgress _progress = new(run);

    /// <summary>Sends, kills and judges.</summary>
    public async Task Execute(CancellationToken cancel)
    {
        var (steps, options) = (run.Steps, run.Options);
        var send = "";
        await steps.Take("limit", () => Learned(cancel), cancel);
        await steps.Take("list", async () =>
        {
            send = await new BulkList(run).Upload(cancel);
            return new FaultOutcome($"{options.Recipients} recipients, {options.MessagingLimit} allowed", []);
        }, cancel);
        if (send.Length == 0)
        {
            return;
        }

        await _kills.StrikeAll(_progress, options.MessagingLimit, cancel);

        await steps.Take("filled", () => Filled(cancel), cancel);
        await steps.Take("cancel", async () =>
        {
            await run.Owner.Post($"/v1/sends/{send}/cancel", new JsonObject(), cancel);
            return await _progress.UntilEnded(send, cancel);
        }, cancel);
        await steps.Take("rest", () => _progress.UntilRest(cancel), cancel);
        await steps.Take("results", () => Results(send, cancel), cancel);
        await steps.Take("sandbox", () => _progress.Judge(cancel), cancel);
    }

    private async Task<FaultOutcome> Learned(CancellationToken cancel)
    {
        var portfolio = await Read(cancel);
        return new FaultOutcome(
            $"known limit {portfolio.Limit}, counted {portfolio.Counted}, held {portfolio.Held}",
            portfolio.Limit == run.Options.MessagingLimit ? [] : ["the limit was not learned from Meta"]);
    }

    /// <summary>Waits until nothing is on its way and the limit is used up, as far as it is going to be.</summary>
    private async Task<FaultOutcome> Filled(CancellationToken cancel)
    {
        var portfolio = await Read(cancel);
        var isFull = await Until.True(
            async _ => (portfolio = await Read(cancel)) is { Held: 0 } full && full.Unused <= Allowed, FillsWithin,
            cancel);
        var counts = await run.Rig.Sandbox.Counts(cancel);
        var outcome = new FaultOutcome(
            string.Create(
                CultureInfo.InvariantCulture,
                $"limit {portfolio.Limit}, counted {portfolio.Counted}, held {portfolio.Held}, unused "
                + $"{portfolio.Unused} (at most {Allowed}); at the sandbox {counts.LimitUsers} count, at most "
                + $"{counts.LimitPeak} at once"),
            isFull ? [] : ["the limit was not used up in time, or something is held for ever"]);
        return outcome
            .And($"refused or beyond it {counts.BeyondLimit}", counts.BeyondLimit > 0)
            .And(
                $"people at the sandbox whom nobody counts {Math.Max(0, counts.LimitUsers - portfolio.InUse)}",
                counts.LimitUsers > portfolio.InUse)
            .With("limit_unused", portfolio.Unused)
            .With("limit_users_at_sandbox", counts.LimitUsers);
    }

    private int Allowed => (int)(run.Options.MessagingLimit * UnusedShare);

    private async Task<FaultOutcome> Results(string send, CancellationToken cancel)
    {
        var results = await BulkResults.Read(run.Owner, send, cancel);
        var sandbox = await run.Rig.Sandbox.Recipients(cancel);
        return new FaultOutcome(
            $"{results}; the sandbox took "
            + $"{sandbox.Values.Sum()} to {sandbox.Count} people",
            results.Violations(run.Options.Recipients, sandbox));
    }

    private async Task<Budget> Read(CancellationToken cancel)
    {
        Budget? found = null;
        await run.Owner.Each("/v1/portfolios", each => found = new Budget(
            each.GetProperty("limit") is { ValueKind: JsonValueKind.Number } limit
                ? limit.GetInt32()
                : 0,
            each.GetProperty("counted").GetInt32(),
            each.GetProperty("held").GetInt32()), cancel);
        return found ?? throw new RigException("There is no portfolio.");
    }

    private sealed record Budget(int Limit, int Counted, int Held)
    {
        public int InUse => Counted + Held;

        public int Unused => Limit - InUse;
    }
}
