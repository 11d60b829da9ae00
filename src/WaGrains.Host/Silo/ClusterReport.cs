using Orleans.Runtime;
using WaGrains.Grains.Reports;

namespace WaGrains.Host.Silo;

/// <summary>How the cluster stands.</summary>
/// <param name="Silos">Its silos, those that come and go among them; dead ones are left out.</param>
/// <param name="Activations">Owners in memory.</param>
/// <param name="StagedTurns">Turns that wait for their commit.</param>
/// <param name="HintsUnderWay">Hints under way or waiting to be repeated.</param>
/// <param name="QueueDepth">Messages waiting in all numbers' queues.</param>
/// <param name="FullestQueues">The fullest of them.</param>
/// <param name="RecoveryWoken">Owners woken because a silo came or went.</param>
/// <param name="RecoveryUnclaimed">Owners the safety net had to wake: should stay 0.</param>
/// <param name="PoolsWithoutSilos">Pools with tenants and no silo: the shared pool serves them meanwhile.</param>
internal sealed record ClusterReport(
    IReadOnlyList<SiloReport> Silos,
    int Activations,
    int StagedTurns,
    int HintsUnderWay,
    long QueueDepth,
    IReadOnlyList<DepthReport> FullestQueues,
    long RecoveryWoken,
    long RecoveryUnclaimed,
    IReadOnlyList<string> PoolsWithoutSilos);

/// <summary>One silo.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Address">This incarnation of it.</param>
/// <param name="Status">active, joining, leaving, shutting_down, or unreachable where an active one does not
/// answer.</param>
/// <param name="Pool">The pool it serves; null where it does not say.</param>
/// <param name="Since">When it started; null where the membership does not say.</param>
/// <param name="Activations">Owners in memory, by kind.</param>
/// <param name="StagedTurns">Turns that wait for their commit.</param>
/// <param name="LastCommitMs">How long its last commit took.</param>
/// <param name="HintsUnderWay">Hints under way or waiting to be repeated.</param>
/// <param name="QueueDepth">Messages waiting in its numbers' queues.</param>
/// <param name="Moved">Owners it has brought to another silo.</param>
internal sealed record SiloReport(
    string Name,
    string Address,
    string Status,
    string? Pool,
    DateTimeOffset? Since,
    IReadOnlyDictionary<string, int> Activations,
    int StagedTurns,
    double LastCommitMs,
    int HintsUnderWay,
    long QueueDepth,
    long Moved)
{
    public static SiloReport Of(
        ClusterMember member, SiloFigures? own, IReadOnlyDictionary<SiloAddress, DateTimeOffset> since) => new(
            member.Name,
            member.SiloAddress.ToParsableString(),
            Word(member.Status, own),
            own?.Pool,
            since.TryGetValue(member.SiloAddress, out var started) ? started : null,
            own?.Activations ?? [],
            own?.StagedTurns ?? 0,
            own?.LastCommitMs ?? 0,
            own?.HintsUnderWay ?? 0,
            own?.QueueDepth ?? 0,
            own?.Moved ?? 0);

    private static string Word(SiloStatus status, SiloFigures? own) => status switch
    {
        SiloStatus.Active => own is null ? "unreachable" : own.IsLeaving ? "leaving" : "active",
        SiloStatus.None => "none",
        SiloStatus.Created => "created",
        SiloStatus.Joining => "joining",
        SiloStatus.ShuttingDown => "shutting_down",
        SiloStatus.Stopping => "stopping",
        SiloStatus.Dead => "dead",
    };
}

/// <summary>One queue.</summary>
internal sealed record DepthReport(string Number, int Depth);
