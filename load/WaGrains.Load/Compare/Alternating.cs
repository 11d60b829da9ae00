using WaGrains.Load.Options;
using WaGrains.Load.Report;
using WaGrains.Load.Rig;

namespace WaGrains.Load.Compare;

/// <summary>Two runs of the same traffic, one right after the other.</summary>
internal sealed record RunPair(RunRecord First, RunRecord Second)
{
    /// <summary>Exchanges not complete in either.</summary>
    public long LeftBehind => First.Exchanges.LeftBehind + Second.Exchanges.LeftBehind;

    /// <summary>How many times the first's cost the second's is.</summary>
    public double Ratio(Func<Cost, double?> cost) =>
        cost(Second.Cost) is { } second && cost(First.Cost) is > 0 and { } first ? second / first : double.MaxValue;
}

/// <summary>Runs that alternate between two places, so that what the machine does beside hits both alike.</summary>
internal static class Alternating
{
    private const int WarmupSeconds = 15;

    /// <summary>The same traffic at each place before anything is measured: code is compiled, pools grow.</summary>
    public static async Task WarmUp(IEnumerable<Traffic> places, LoadOptions options, CancellationToken stop)
    {
        foreach (var place in places)
        {
            await place.Run("warm-up", "", options.Rate, Math.Min(WarmupSeconds, options.Seconds), stop);
            await place.Settle(stop);
        }
    }

    /// <summary>All pairs; every run is published. Every other pair begins with the second place.</summary>
    public static async Task<List<RunPair>> Run(
        string kind,
        (Traffic Place, string Name) first,
        (Traffic Place, string Name) second,
        LoadOptions options,
        CancellationToken stop)
    {
        var pairs = new List<RunPair>();
        for (var pair = 1; pair <= options.Pairs && !stop.IsCancellationRequested; pair++)
        {
            var (one, other) = pair % 2 == 1 ? (first, second) : (second, first);
            var early = await Measured(kind, one, pair, options, stop);
            var late = await Measured(kind, other, pair, options, stop);
            pairs.Add(pair % 2 == 1 ? new RunPair(early, late) : new RunPair(late, early));
        }

        return pairs;
    }

    private static async Task<RunRecord> Measured(
        string kind, (Traffic Place, string Name) at, int pair, LoadOptions options, CancellationToken stop)
    {
        var run = await at.Place.Run(kind, $"pair {pair}, {at.Name}", options.Rate, options.Seconds, stop);
        at.Place.Publish(run);
        await at.Place.Settle(stop);
        return run;
    }
}
