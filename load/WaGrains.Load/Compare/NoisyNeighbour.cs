using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.Report;
using WaGrains.Load.Rig;

namespace WaGrains.Load.Compare;

/// <summary>
/// A quiet tenant at its share, beside another that offers its own share or many times that: how much later are the
/// quiet one's webhooks acknowledged and answered? Calm and noisy runs alternate on one warm host.
/// </summary>
internal static class NoisyNeighbour
{
    private const double RatioMax = 1.20;
    private const int FirstWarmup = 15;

    /// <summary>Runs all pairs.</summary>
    /// <returns>Whether the quiet tenant kept its p99 and lost nothing.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        await using var stand = await Stand.Start(options, options.Store != StoreKind.Sqlite, stop);
        var host = await stand.StartHost(
            new HostPlan("silo-1", stand.Connection("wagrains"), ["quiet", "noisy"]), stop);
        using var quiet = await Traffic.Prepare(stand, [host], Quiet(options), stop);
        using var noisy = await Traffic.Prepare(stand, [host], Noisy(options), stop);
        var share = options.Rate;

        // Code is compiled and pools grow at the rate they will be measured at.
        await Both(quiet, noisy, share, share * options.Noise, FirstWarmup, "warm-up", stop);
        var pairs = new List<Pair>();
        for (var pair = 1; pair <= options.Pairs && !stop.IsCancellationRequested; pair++)
        {
            await quiet.Settle(stop);
            var calm = await Measured(quiet, noisy, share, 1, pair, options, stop);
            await quiet.Settle(stop);
            pairs.Add(new Pair(calm, await Measured(quiet, noisy, share, options.Noise, pair, options, stop)));
        }

        return await Summary.Publish(options, "noisy_neighbour", [.. Figures(pairs)], CancellationToken.None);
    }

    private static LoadOptions Quiet(LoadOptions options)
    {
        var quiet = options.Copy();
        (quiet.Tenant, quiet.Numbers, quiet.Contacts) = ("quiet", 10, 1_000);
        return quiet;
    }

    // So many customers that none of them meets the pair limit, and connections enough to be really noisy.
    private static LoadOptions Noisy(LoadOptions options)
    {
        var noisy = options.Copy();
        (noisy.Tenant, noisy.Numbers) = ("noisy", 50);
        noisy.Contacts = (int)Math.Max(1_000, options.Rate * options.Noise * 10);
        noisy.Connections = Math.Max(options.Connections, 256);
        noisy.Seed = options.Seed + 1;
        return noisy;
    }

    private static async Task<Two> Measured(
        Traffic quiet,
        Traffic noisy,
        double share,
        double times,
        int pair,
        LoadOptions options,
        CancellationToken stop)
    {
        var label = $"pair {pair}, {(times > 1 ? "noisy" : "calm")}";
        var before = CollectorUse.Now();
        var runs = await Both(quiet, noisy, share, share * times, options.Seconds, label, stop);
        runs = runs with { GeneratorPaused = CollectorUse.Now().Since(before).Paused };
        quiet.Publish(runs.Quiet);
        noisy.Publish(runs.Noisy);
        return runs;
    }

    private static async Task<Two> Both(
        Traffic quiet, Traffic noisy, double share, double noise, int seconds, string label, CancellationToken stop)
    {
        var other = noisy.Run("noisy_neighbour", $"{label}: the other tenant", noise, seconds, stop);
        var own = await quiet.Run("noisy_neighbour", $"{label}: the quiet tenant", share, seconds, stop);
        return new Two(own, await other);
    }

    private static IEnumerable<Figure> Figures(List<Pair> pairs)
    {
        yield return Figure.Of("ack_p50_calm_ms", pairs.Select(p => p.Calm.Quiet.Latency.Acknowledgement?.P50 ?? 0));
        yield return Figure.Of("ack_p50_noisy_ms", pairs.Select(p => p.Noisy.Quiet.Latency.Acknowledgement?.P50 ?? 0));
        yield return Figure.Of("ack_p99_calm_ms", pairs.Select(p => p.Calm.Quiet.Latency.Acknowledgement?.P99 ?? 0));
        yield return Figure.Of("ack_p99_noisy_ms", pairs.Select(p => p.Noisy.Quiet.Latency.Acknowledgement?.P99 ?? 0));
        yield return Figure.Of("reply_p99_calm_ms", pairs.Select(p => p.Calm.Quiet.Latency.Reply?.P99 ?? 0));
        yield return Figure.Of("reply_p99_noisy_ms", pairs.Select(p => p.Noisy.Quiet.Latency.Reply?.P99 ?? 0));
        yield return Figure.Of(
            "generator_wait_p99_noisy_ms", pairs.Select(p => p.Noisy.Quiet.Latency.GeneratorWait?.P99 ?? 0));
        yield return Figure.Of(
            "generator_paused_noisy_ms", pairs.Select(p => p.Noisy.GeneratorPaused.TotalMilliseconds));
        yield return Figure.Of("host_paused_calm_ms", pairs.Select(p => p.Calm.Quiet.Cost.GcPauseMs ?? 0));
        yield return Figure.Of("host_paused_noisy_ms", pairs.Select(p => p.Noisy.Quiet.Cost.GcPauseMs ?? 0));
        yield return Figure.Of("ack_p99_ratio", pairs.Select(p => Ratio(p, run => run.Latency.Acknowledgement?.P99)),
            RatioMax);
        yield return Figure.Of("reply_p99_ratio", pairs.Select(p => Ratio(p, run => run.Latency.Reply?.P99)), RatioMax);
        yield return Figure.Of("noisy_completed_per_s", pairs.Select(p => p.Noisy.Noisy.Exchanges.PerSecond));
        yield return Figure.One("noisy_tenant_refused", pairs.Sum(p => Refused(p.Noisy.Noisy)));
        yield return Figure.One("noisy_tenant_left_behind", pairs.Sum(p => p.Noisy.Noisy.Exchanges.LeftBehind));
        yield return Figure.One(
            "quiet_tenant_refused", pairs.Sum(p => Refused(p.Noisy.Quiet) + Refused(p.Calm.Quiet)), 0);
        yield return Figure.One(
            "quiet_tenant_left_behind",
            pairs.Sum(p => p.Noisy.Quiet.Exchanges.LeftBehind + p.Calm.Quiet.Exchanges.LeftBehind),
            0);
    }

    private static double Ratio(Pair pair, Func<RunRecord, double?> figure) =>
        figure(pair.Noisy.Quiet) is { } noisy && figure(pair.Calm.Quiet) is > 0 and { } calm
            ? noisy / calm
            : double.MaxValue;

    private static long Refused(RunRecord run) =>
        run.Errors.Where(error => error.Key.Contains(" 503", StringComparison.Ordinal)).Sum(error => error.Value);

    private sealed record Pair(Two Calm, Two Noisy);

    private sealed record Two(RunRecord Quiet, RunRecord Noisy)
    {
        /// <summary>How long this process stood still for collections, the drain included: what it adds to a time
        /// measured in it.</summary>
        public TimeSpan GeneratorPaused { get; init; }
    }
}
