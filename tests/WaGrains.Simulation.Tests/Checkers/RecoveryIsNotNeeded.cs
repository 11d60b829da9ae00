using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>
/// The safety net finds nothing (MUST T3: no path relies on it) where nothing that it is there for happened: no hint
/// lost, no silo or store away or stopped, and no hint so slow that two of them take the net's two seconds.
/// </summary>
internal sealed class RecoveryIsNotNeeded(SimWorld world) : Checker(world)
{
    public override void Drained(MemorySnapshot rows) => Expect(
        World.HintsLost > 0 || IsRough(World.Plan) || World.Cluster.Unclaimed == 0, "recovery",
        "no row that nobody has claimed", $"{World.Cluster.Unclaimed}");

    private static bool IsRough(SimPlan plan) => plan.HintDelay > 0.1 || plan.OutageSeconds > 0 || plan.TwinSeconds > 0
        || plan.ZombieSeconds > 0 || plan.PauseSeconds > 0
        || plan.CommitSeconds > 0.05;
}
