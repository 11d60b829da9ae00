using WaGrains.Engine;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>
/// A silo that was voted out starts no call to Meta once the last commit it can have made is too old: not when it is
/// merely cut off, and not when it wakes after its machine had stopped (MUST S2). A commit that began before the vote
/// lets a call start for <see cref="Limits.AttemptStartsWithin"/>, by the silo's own monotonic clock.
/// </summary>
internal sealed class NothingSentAfterWaking(SimWorld world) : Checker(world)
{
    public override void Posted(GraphPost post) => Expect(
        post.OutvotedAt is not { } at || post.At - at <= Limits.AttemptStartsWithin,
        $"{post.Send.Number} {post.Send.Message}", $"no call of a silo voted out at {post.OutvotedAt:HH:mm:ss.fff}",
        $"attempt {post.Send.Attempt} at {post.At:HH:mm:ss.fff}");
}
