using Microsoft.AspNetCore.Http.HttpResults;
using Orleans.Runtime;
using WaGrains.Grains;
using WaGrains.Grains.Placement;
using WaGrains.Grains.Reports;
using WaGrains.Host.Access;

namespace WaGrains.Host.Silo;

/// <summary>How the silos stand, for operators.</summary>
internal static class ClusterEndpoints
{
    private const int FullestMax = 20;

    public static void MapCluster(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/cluster", Read)
            .WithTags("Admin")
            .WithName("readCluster")
            .WithSummary("All silos: what lives on each, what waits for its commit, the fullest queues of the cluster.")
            .Needs(Permission.Operate);
        routes.MapPost("/admin/cluster/drain", Drain)
            .WithTags("Admin")
            .WithName("drainSilo")
            .WithSummary("Lets the silo that answers leave in good order; its process ends with exit code 0.")
            .Needs(Permission.Operate);
    }

    private static async Task<ClusterReport> Read(
        IGrainFactory grains, IClusterMembershipService membership, ClusterMap map, Neighbours neighbours)
    {
        var rows = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false);
        var since = rows.ToDictionary(
            row => row.SiloAddress, row => new DateTimeOffset(row.StartTime.Ticks, TimeSpan.Zero));
        var members = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status != SiloStatus.Dead)
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ToList();
        var figures = await Task.WhenAll(members.Select(member => member.Status == SiloStatus.Active
            ? neighbours.Figures(member.SiloAddress)
            : Task.FromResult<SiloFigures?>(null)));
        var known = figures.OfType<SiloFigures>().ToList();
        return new ClusterReport(
            [.. members.Zip(figures, (member, own) => SiloReport.Of(member, own, since))],
            known.Sum(own => own.Activations.Values.Sum()),
            known.Sum(own => own.StagedTurns),
            known.Sum(own => own.HintsUnderWay),
            known.Sum(own => own.QueueDepth),
            [.. known.SelectMany(own => own.FullestQueues).OrderByDescending(queue => queue.Depth).Take(FullestMax)
                .Select(queue => new DepthReport(queue.Number, queue.Depth))],
            known.Sum(own => own.RecoveryWoken),
            known.Sum(own => own.RecoveryUnclaimed),
            map.Current.DeadPools);
    }

    private static Accepted Drain(IHostApplicationLifetime life)
    {
        life.StopApplication();
        return TypedResults.Accepted("/admin/cluster");
    }
}
