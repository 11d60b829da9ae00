using Microsoft.Extensions.Options;
using Orleans.Configuration;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Recovery;
using WaGrains.Engine.Turns;
using WaGrains.Grains.Hints;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains.Reports;

/// <summary>What moves on a silo.</summary>
/// <param name="Grains">Who lives there.</param>
/// <param name="Mover">Who brought others home.</param>
/// <param name="Hints">What is on its way.</param>
/// <param name="Recovery">What had to be woken.</param>
/// <param name="Pulse">How commits go.</param>
public sealed record SiloWorkings(
    LocalGrains Grains, Mover Mover, HintCarrier Hints, Recovery Recovery, CommitPulse Pulse);

/// <summary>Takes this silo's figures.</summary>
public sealed class Figures(
    SiloWorkings workings, Staging staging, SiloView view, ClusterMap map, IOptions<SiloOptions> names)
{
    /// <summary>Fullest queues that are told: enough to see who is in trouble.</summary>
    private const int FullestMax = 20;

    /// <summary>The figures now.</summary>
    public SiloFigures Take() => new()
    {
        Name = names.Value.SiloName,
        Pool = map.MyPool,
        IsLeaving = map.IsLeaving,
        Activations = workings.Grains.ByKind().ToDictionary(kind => Word(kind.Key), kind => kind.Value),
        StagedTurns = staging.Waiting,
        LastCommitMs = Math.Round(workings.Pulse.Last.TotalMilliseconds, 3),
        HintsUnderWay = workings.Hints.UnderWay,
        QueueDepth = view.DepthTotal,
        FullestQueues =
        [
            .. view.Depths.Where(queue => queue.Depth > 0).OrderByDescending(queue => queue.Depth).Take(FullestMax)
                .Select(queue => new QueueFigures(queue.Number.Path, queue.Depth)),
        ],
        RecoveryWoken = workings.Recovery.Woken,
        RecoveryUnclaimed = workings.Recovery.Unclaimed,
        Moved = workings.Mover.Moved,
    };

    private static string Word(OwnerKind kind) => kind switch
    {
        OwnerKind.Tenant => "tenants",
        OwnerKind.PhoneNumber => "numbers",
        OwnerKind.Conversation => "conversations",
        OwnerKind.Team => "teams",
        OwnerKind.Agent => "agents",
        OwnerKind.Contacts => "contacts",
        OwnerKind.BulkSend => "bulk_sends",
        OwnerKind.Portfolio => "portfolios",
    };
}
