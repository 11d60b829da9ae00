using WaGrains.Domain.Ids;

namespace WaGrains.Grains.Reports;

/// <summary>How one silo stands, as it says itself.</summary>
[GenerateSerializer]
[Alias("wagrains.silo_figures")]
public sealed record SiloFigures
{
    /// <summary>Its stable name.</summary>
    [Id(0)]
    public string Name { get; init; } = "";

    /// <summary>The pool it serves.</summary>
    [Id(1)]
    public string Pool { get; init; } = "";

    /// <summary>Whether it is about to leave.</summary>
    [Id(2)]
    public bool IsLeaving { get; init; }

    /// <summary>Owners in memory by kind, named as in /admin/cluster (numbers, conversations...).</summary>
    [Id(3)]
    public Dictionary<string, int> Activations { get; init; } = [];

    /// <summary>Turns that wait for their commit.</summary>
    [Id(4)]
    public int StagedTurns { get; init; }

    /// <summary>How long its last commit took, milliseconds; 0 where there was none.</summary>
    [Id(5)]
    public double LastCommitMs { get; init; }

    /// <summary>Hints under way or waiting to be repeated.</summary>
    [Id(6)]
    public int HintsUnderWay { get; init; }

    /// <summary>Messages waiting in the queues of its numbers.</summary>
    [Id(7)]
    public long QueueDepth { get; init; }

    /// <summary>The fullest of those queues, fullest first.</summary>
    [Id(8)]
    public List<QueueFigures> FullestQueues { get; init; } = [];

    /// <summary>Owners it woke because a silo came or went.</summary>
    [Id(9)]
    public long RecoveryWoken { get; init; }

    /// <summary>Owners its safety net had to wake: should stay 0.</summary>
    [Id(10)]
    public long RecoveryUnclaimed { get; init; }

    /// <summary>Owners it has brought to another silo.</summary>
    [Id(11)]
    public long Moved { get; init; }
}

/// <summary>One number's queue.</summary>
/// <param name="Number">Tenant and number, <see cref="OwnerKey.Path"/>.</param>
/// <param name="Depth">Messages in it.</param>
[GenerateSerializer]
[Alias("wagrains.queue_figures")]
public sealed record QueueFigures(string Number, int Depth);
