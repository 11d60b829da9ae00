using WaGrains.Load.Options;
using WaGrains.Load.Report;
using WaGrains.Load.Rig;

namespace WaGrains.Load.Compare;

/// <summary>The same traffic at one silo and at two, each cluster in a database of its own on one server; both are up
/// all the time, and runs alternate.</summary>
internal static class TwoSilos
{
    private const double RatioMax = 1.30;

    /// <summary>Runs all pairs.</summary>
    /// <returns>Whether an exchange costs two silos at most so much more than one.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        await using var stand = await Stand.Start(options, postgres: true, stop);
        await stand.Postgres!.Query("CREATE DATABASE pair", stop);
        var alone = await stand.StartHost(new HostPlan("alone", stand.Connection("wagrains"), ["load"]), stop);
        var first = await stand.StartHost(new HostPlan("first", stand.Connection("pair"), ["load"], "pair"), stop);
        var second = await stand.StartHost(new HostPlan("second", stand.Connection("pair"), ["load"], "pair"), stop);
        using var one = await Traffic.Prepare(stand, [alone], options.Copy(), stop);
        using var two = await Traffic.Prepare(stand, [first, second], options.Copy(), stop);
        await Alternating.WarmUp([one, two], options, stop);
        var pairs = await Alternating.Run("two_silos", (one, "one silo"), (two, "two silos"), options, stop);
        return await Summary.Publish(
            options,
            "two_silos",
            [
                Figure.Of("host_cpu_one_us", pairs.Select(p => p.First.Cost.HostCpuUsPerExchange ?? 0)),
                Figure.Of("host_cpu_two_us", pairs.Select(p => p.Second.Cost.HostCpuUsPerExchange ?? 0)),
                Figure.Of("host_cpu_ratio", pairs.Select(p => p.Ratio(cost => cost.HostCpuUsPerExchange)), RatioMax),
                Figure.Of("database_cpu_ratio", pairs.Select(p => p.Ratio(cost => cost.DatabaseCpuUsPerExchange))),
                Figure.Of("ack_p99_one_ms", pairs.Select(p => p.First.Latency.Acknowledgement?.P99 ?? 0)),
                Figure.Of("ack_p99_two_ms", pairs.Select(p => p.Second.Latency.Acknowledgement?.P99 ?? 0)),
                Figure.One("left_behind", pairs.Sum(p => p.LeftBehind), 0),
            ],
            CancellationToken.None);
    }
}
