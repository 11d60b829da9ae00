using System.Diagnostics;
using WaGrains.Load.Options;
using WaGrains.Load.Report;

namespace WaGrains.Load.Pacing;

/// <summary>
/// Many slow numbers that drain full queues at once, end to end: host in a process of its own, store, HTTP, and the
/// sandbox, which counts and judges. Their statuses come back meanwhile.
/// </summary>
internal static class PaceNumbers
{
    private const double LatenessMsMax = 100;

    /// <summary>Meta's limit, which none of these numbers comes near.</summary>
    private const int PerSecond = 80;

    /// <summary>In turn: at 120/min each has a message every 12 s, twice the pair limit's 6 s.</summary>
    private const int Recipients = 24;

    /// <summary>Queues hold so much more than the run drains.</summary>
    private const double Surplus = 1.1;

    /// <summary>Runs.</summary>
    /// <returns>Whether no minute held too much, no rule of the sandbox was broken, and lateness met its
    /// bar.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        var board = new PaceBoard(options.Numbers);
        NumberTerms[] terms =
        [
            .. Enumerable.Range(0, options.Numbers).Select(i => new NumberTerms(PaceBoard.RateOf(i), PerSecond)),
        ];
        await using var stand = await PaceStand.Start(options, terms, stop);
        var minutes = (options.Warmup + options.Seconds) / 60.0;
        await stand.Fill(
            [.. terms.Select(each => (int)Math.Ceiling(each.PerMinute * minutes * Surplus) + 2)], Recipients, stop);
        stand.Sandbox.Arrived = board.Sent;
        await stand.Release(stop);
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup), TimeProvider.System, stop);

        await using var machine = MachineLateness.Watch();
        board.IsMeasuring = true;
        var (host, database, began) =
            (stand.HostCpuSeconds, stand.DatabaseCpuSeconds, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), TimeProvider.System, stop);
        board.IsMeasuring = false;
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var report = stand.Sandbox.Report();
        var sends = Math.Max(1, board.Measured);
        return await Summary.Publish(
            options,
            $"pace_numbers_{(options.Store ?? StoreKind.Postgres).ToString().ToLowerInvariant()}",
            [
                .. board.Figures(LatenessMsMax),
                .. machine.Figures(),
                Figure.One("sends_per_s", board.Measured / seconds),
                Figure.One("host_cpu_us_per_send", (stand.HostCpuSeconds - host) * 1e6 / sends),
                Figure.One("database_cpu_us_per_send", (stand.DatabaseCpuSeconds - database) * 1e6 / sends),
                Figure.One("sandbox_windows_broken", report.ContractWindowViolations, 0),
                Figure.One("sandbox_spacings_broken", report.ContractSpacingViolations),
                Figure.One("sandbox_other_rules_broken", report.RulesBroken - report.ContractViolations, 0),
                Figure.One("refused", report.MessagesRejectedByCode.Values.Sum(), 0),
            ],
            CancellationToken.None);
    }
}
