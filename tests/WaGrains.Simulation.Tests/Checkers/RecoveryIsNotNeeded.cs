using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>The safety net finds nothing where no hint was lost (MUST T3: no path relies on it).</summary>
internal sealed class RecoveryIsNotNeeded(SimWorld world) : Checker(world)
{
    public override void Drained(MemorySnapshot rows) => Expect(
        World.HintsLost > 0 || World.Cluster.Unclaimed == 0, "recovery", "no row that nobody has claimed",
        $"{World.Cluster.Unclaimed}");
}
