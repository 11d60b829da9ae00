using WaGrains.Domain.PhoneNumbers;
using WaGrains.Simulation.Tests.Desk;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests;

/// <summary>A number at Meta's own throughput, whose slots are taken ahead: it uses its seconds, and none of them holds
/// too many, however late commits are and wherever the number goes.</summary>
public sealed class FastNumberTests
{
    private const int PerSecond = 80;
    private const int Messages = 2_400;

    /// <summary>50 ms are granted to the wire (design 7).</summary>
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(0.95);

    [Theory]
    [InlineData(31, 0.01)]
    [InlineData(32, 0.08)]
    public void Queue_that_is_never_empty_uses_its_throughput(int seed, double commitSeconds)
    {
        var plan = new SimPlan
        {
            Seed = (ulong)seed,
            EvictSeconds = 0,
            CommitSeconds = commitSeconds,
        };
        var (world, posts) = Drain(plan, TimeSpan.Zero);

        Assert.True(world.Findings.Count == 0, $"seed {seed}: {string.Join('\n', world.Findings)}");
        Assert.Equal(Messages, posts.Count);
        var used = (posts.Count - 1) / (posts[^1].At - posts[0].At).TotalSeconds / PerSecond;
        Assert.InRange(used, 0.98, 1);
    }

    [Theory]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(35)]
    public void No_second_holds_too_many_through_late_commits_crashes_and_moves(int seed)
    {
        var plan = new SimPlan
        {
            Seed = (ulong)seed,
            Silos = 3,
            ClockOff = 0.2,
            CommitSeconds = 0.4,
            HintLost = 0.02,
            HintDoubled = 0.05,
            NoConnection = 0.01,
            CrashSeconds = 15,
            TwinSeconds = 10,
        };
        var (world, posts) = Drain(plan, TimeSpan.FromMinutes(1));

        Assert.True(world.Findings.Count == 0, $"seed {seed}: {string.Join('\n', world.Findings)}");
        Assert.True(posts.TrueForAll(post => post.Outcome.Error?.Code != 130429), $"seed {seed}: Meta throttled");
        // What a silo took with it is in doubt; nothing else is left.
        Assert.True(
            world.Store.Ledger.Queue.Values.All(row => row.Phase == QueuePhase.Attempting), $"seed {seed}: some wait");
    }

    private static (SimWorld World, List<GraphPost> Posts) Drain(SimPlan plan, TimeSpan storm)
    {
        var (world, posts) = FullQueue.Drain(
            plan with { HasFastNumber = true }, ^1, Messages, storm, TimeSpan.FromMinutes(3));
        for (var i = PerSecond; i < posts.Count; i++)
        {
            Assert.True(
                posts[i].At - posts[i - PerSecond].At >= Second,
                $"seed {plan.Seed}: more than {PerSecond} calls in the second from {posts[i - PerSecond].At:O}");
        }

        return (world, posts);
    }
}
