using WaGrains.Load.Exchanges;
using WaGrains.Load.Measures;
using WaGrains.Load.Report;

namespace WaGrains.Load.Runs;

/// <summary>
/// Creates conversations with one exchange each, then compares the host's memory with what it was before.
/// </summary>
internal sealed class IdleRun(Bench bench)
{
    private const int WarmupExchangesMax = 2_000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <summary>Runs; the figures are published.</summary>
    public async Task<RunRecord> Execute(CancellationToken stop)
    {
        // The first exchanges grow the host's pools, code and caches, which are no conversation's memory.
        await Exchange(Math.Min(WarmupExchangesMax, bench.Options.Idle), 1, stop);
        await Rest(stop);
        var before = await bench.Snapshot();
        var run = await Exchange(bench.Options.Idle, 2, stop);
        await Rest(stop);
        var after = await bench.Snapshot();
        run = run with { Idle = Compare(before, after, run.Exchanges.Completed) };
        bench.Publish(run);
        return run;
    }

    private Task<RunRecord> Exchange(int conversations, uint part, CancellationToken stop)
    {
        var options = bench.Options;
        var run = ((uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 2654435761u) + part;
        var population = new Population(options.Tenant, options.Numbers, conversations, options.Seed, run);
        var window = TimeSpan.FromSeconds(conversations / options.Rate);
        var plan = new RunPlan("idle", options.Rate, TimeSpan.Zero, window, population, conversations);
        return new LoadRun(bench, plan).Execute(stop);
    }

    private static Task Rest(CancellationToken stop) => Task.Delay(Settle, TimeProvider.System, stop);

    private static IdleMemory Compare(Snapshot before, Snapshot after, long conversations)
    {
        double? Each(double? difference) => conversations == 0 || difference is not { } known
            ? null
            : Math.Round(known / conversations, 1);
        return new IdleMemory(
            conversations,
            Each(after.Runtime?.HeapBytes - before.Runtime?.HeapBytes),
            Each(after.HostRssBytes - before.HostRssBytes),
            after.Runtime?.Gen2 - before.Runtime?.Gen2);
    }
}
