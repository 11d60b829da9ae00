using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>No commit of a silo lands after it was voted out: its fence was closed in the statement that declared it
/// dead (MUST S1).</summary>
internal sealed class NoCommitAfterVoteOut(SimWorld world) : Checker(world)
{
    private readonly HashSet<long> _out = [];

    public override void VotedOut(long generation) => _out.Add(generation);

    public override void Durable(Fence fence) => Expect(
        !_out.Contains(fence.Generation), $"{fence.Silo} {fence.Generation}", "no commit after it was voted out",
        $"batch {fence.Batch}");
}
