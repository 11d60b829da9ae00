using System.Diagnostics;
using WaGrains.Load.Options;
using WaGrains.Load.Report;
using WaGrains.Load.Rig;
using WaGrains.Storage.Postgres;

namespace WaGrains.Load.Compare;

/// <summary>
/// Does an exchange cost more once the archive is large? Two hosts, one over an empty database and one over a full one
/// on the same server; runs alternate. Then the store's own upkeep drops a month of the full one under load.
/// </summary>
internal static class ArchiveRun
{
    private const double RatioMax = 1.10;
    private const double DropSecondsMax = 1;
    private const double AckMsMax = 250;

    /// <summary>The month that is dropped holds this part of all.</summary>
    private const int OverPart = 12;

    private static readonly TimeSpan IntoTheRun = TimeSpan.FromSeconds(3);

    /// <summary>Fills, runs all pairs, drops.</summary>
    /// <returns>Whether every bar is met.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        await using var stand = await Stand.Start(options, postgres: true, stop);
        await stand.Postgres!.Query("CREATE DATABASE bare", stop);
        var full = stand.Connection("wagrains")!;
        await using (var store = PostgresStore.Create(full))
        {
            await store.Open("fill", stop);
        }

        var began = Stopwatch.GetTimestamp();
        await new ArchiveFill(stand).Run(options.Messages, stop);
        var count = await stand.Postgres.Query("SELECT count(*) FROM message", stop);
        Console.WriteLine($"{count} messages after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");

        var bare = await stand.StartHost(new HostPlan("bare", stand.Connection("bare"), ["load"]), stop);
        var filled = await stand.StartHost(new HostPlan("filled", full, ["load"]), stop);
        using var empty = await Traffic.Prepare(stand, [bare], options.Copy(), stop);
        using var heavy = await Traffic.Prepare(stand, [filled], options.Copy(), stop);
        await Alternating.WarmUp([empty, heavy], options, stop);
        var pairs = await Alternating.Run("archive", (empty, "empty"), (heavy, "full"), options, stop);
        var drop = await Drop(stand, heavy, options, stop);
        return await Summary.Publish(options, "archive", [.. Figures(pairs), .. drop], CancellationToken.None);
    }

    private static IEnumerable<Figure> Figures(List<RunPair> pairs)
    {
        yield return Figure.Of("host_cpu_empty_us", pairs.Select(p => p.First.Cost.HostCpuUsPerExchange ?? 0));
        yield return Figure.Of("host_cpu_full_us", pairs.Select(p => p.Second.Cost.HostCpuUsPerExchange ?? 0));
        yield return Figure.Of("database_cpu_empty_us", pairs.Select(p => p.First.Cost.DatabaseCpuUsPerExchange ?? 0));
        yield return Figure.Of("database_cpu_full_us", pairs.Select(p => p.Second.Cost.DatabaseCpuUsPerExchange ?? 0));
        yield return Figure.Of("host_cpu_ratio", pairs.Select(p => p.Ratio(cost => cost.HostCpuUsPerExchange)));
        yield return Figure.Of("database_cpu_ratio", pairs.Select(p => p.Ratio(cost => cost.DatabaseCpuUsPerExchange)));
        yield return Figure.Of("cpu_ratio", pairs.Select(p => p.Ratio(Together)), RatioMax);
        yield return Figure.One("left_behind", pairs.Sum(p => p.LeftBehind), 0);
    }

    private static double? Together(Cost cost) => cost.HostCpuUsPerExchange + cost.DatabaseCpuUsPerExchange;

    // The hourly upkeep, called here at a time of our choosing; the host meets a month less without being told.
    private static async Task<IReadOnlyList<Figure>> Drop(
        Stand stand, Traffic heavy, LoadOptions options, CancellationToken stop)
    {
        await new ArchiveFill(stand).AddOver(options.Messages / OverPart, stop);
        var before = await stand.Postgres!.Query("SELECT count(*) FROM message_month", stop);
        var calm = await heavy.Run("archive", "full, before the drop", options.Rate, options.Seconds, stop);
        heavy.Publish(calm);
        await heavy.Settle(stop);

        await using var store = PostgresStore.Create(stand.Connection("wagrains")!);
        var running = heavy.Run("archive", "full, a month is dropped", options.Rate, options.Seconds, stop);
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup) + IntoTheRun, TimeProvider.System, stop);
        var began = Stopwatch.GetTimestamp();
        await store.Maintain(stop);
        var took = Stopwatch.GetElapsedTime(began);
        var dropping = await running;
        heavy.Publish(dropping);
        var after = await stand.Postgres.Query("SELECT count(*) FROM message_month", CancellationToken.None);
        return
        [
            Figure.One("months_dropped", int.Parse(before, null) - int.Parse(after, null), 1, isFloor: true),
            Figure.One("drop_s", took.TotalSeconds, DropSecondsMax),
            Figure.One("ack_slowest_before_the_drop_ms", calm.Latency.Acknowledgement?.Max ?? 0),
            Figure.One(
                "ack_slowest_during_the_drop_ms", dropping.Latency.Acknowledgement?.Max ?? double.MaxValue, AckMsMax),
            Figure.One("errors_during_the_drop", dropping.Errors.Values.Sum(), 0),
            Figure.One("left_behind_during_the_drop", dropping.Exchanges.LeftBehind, 0),
        ];
    }
}
