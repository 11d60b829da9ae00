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
