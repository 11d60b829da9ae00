using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>One way in which a cluster can be hurt, and what it owes while it is.</summary>
internal interface IFault
{
    /// <summary>The word for it on the command line.</summary>
    string Name { get; }

    /// <summary>Hurts the cluster, waits until it has got over it, and tells how that went.</summary>
    /// <param name="rig">A cluster under load, all silos ready.</param>
    /// <param name="victim">The silo it hits, where it hits one.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<FaultOutcome> Strike(Rig rig, SiloSeat victim, CancellationToken cancel);
}

/// <summary>How the cluster got over a fault.</summary>
/// <param name="Story">What was seen, for the line of the round.</param>
/// <param name="Violations">What may not be, one sentence each.</param>
internal sealed record FaultOutcome(string Story, IReadOnlyList<string> Violations)
{
    /// <summary>Judges the time until all numbers served against its bar.</summary>
    public static FaultOutcome Of(string story, TimeSpan? served, TimeSpan bar) => served is { } slowest
        ? new FaultOutcome(
            $"{story}: all numbers serve after {slowest.TotalSeconds:0.0} s (bar {bar.TotalSeconds:0} s)",
            slowest > bar ? [$"all numbers served only after {slowest.TotalSeconds:0.0} s"] : [])
        : new FaultOutcome($"{story}: not all numbers serve", ["some numbers did not serve again in time"]);

    /// <summary>This, and one more thing that was seen.</summary>
    public FaultOutcome And(string seen, bool isViolation) => new(
        $"{Story}; {seen}", isViolation ? [.. Violations, seen] : Violations);
}
