using Orleans.Runtime;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Recovery;
using WaGrains.Engine.Turns;
using WaGrains.Grains.Hints;
using WaGrains.Host.Access;

namespace WaGrains.Host.Silo;

/// <summary>How the silos stand, for operators.</summary>
internal static class ClusterEndpoints
{
    private const int HotMax = 20;

    public static void MapCluster(this IEndpointRouteBuilder routes) => routes.MapGet("/admin/cluster", Read)
        .WithTags("Admin")
        .WithName("readCluster")
        .WithSummary("Silos, activations, what waits for its commit, the fullest queues, and what recovery had to do.")
        .Needs(Permission.Operate);

    private static async Task<ClusterReport> Read(
        IGrainFactory grains, SiloView view, Staging staging, HintCarrier hints, Recovery recovery)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var hosts = await management.GetHosts(onlyActive: false);
        var activations = await management.GetTotalActivationCount();
        return new ClusterReport(
            [.. hosts.OrderBy(host => host.Key.ToString())
                .Select(host => new SiloReport(host.Key.ToString(), host.Value.ToString()))],
            activations,
            staging.Waiting,
            hints.UnderWay,
            view.DepthTotal,
            [.. view.Depths.OrderByDescending(depth => depth.Depth).Take(HotMax)
                .Select(depth => new DepthReport(depth.Number.Path, depth.Depth))],
            recovery.Woken,
            recovery.Unclaimed);
    }
}

/// <summary>How the cluster stands.</summary>
/// <param name="Silos">Its silos, this one and those it knows.</param>
/// <param name="Activations">Grains in memory.</param>
/// <param name="StagedTurns">Turns that wait for their commit here.</param>
/// <param name="HintsUnderWay">Hints under way here.</param>
/// <param name="QueueDepth">Messages waiting in all numbers' queues.</param>
/// <param name="FullestQueues">The fullest of them.</param>
/// <param name="RecoveryWoken">Owners woken because a silo came or went.</param>
/// <param name="RecoveryUnclaimed">Owners the safety net had to wake: should stay 0.</param>
internal sealed record ClusterReport(
    IReadOnlyList<SiloReport> Silos,
    int Activations,
    int StagedTurns,
    int HintsUnderWay,
    long QueueDepth,
    IReadOnlyList<DepthReport> FullestQueues,
    long RecoveryWoken,
    long RecoveryUnclaimed);

/// <summary>One silo.</summary>
internal sealed record SiloReport(string Address, string Status);

/// <summary>One queue.</summary>
internal sealed record DepthReport(string Number, int Depth);
