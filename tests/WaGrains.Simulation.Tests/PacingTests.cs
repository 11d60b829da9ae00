using WaGrains.Simulation.Tests.Desk;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests;

/// <summary>A queue that is never empty uses its rate and no more, measured where Meta would: at the door.</summary>
public sealed class PacingTests
{
    private const int Messages = 200;

    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 5)]
    public void Two_hundred_queued_messages_leave_at_the_rate_of_their_number(int number, int perMinute)
    {
        var (world, posts) = FullQueue.Drain(
            new SimPlan { Seed = 5, EvictSeconds = 0 },
            number,
            Messages,
            TimeSpan.Zero,
            TimeSpan.FromMinutes((Messages / (double)perMinute) + 5));

        Assert.Empty(world.Findings);
        Assert.Equal(Messages, posts.Count);
        for (var i = perMinute; i < posts.Count; i++)
        {
            Assert.True(posts[i].At - posts[i - perMinute].At >= TimeSpan.FromSeconds(60),
                $"a minute from {i - perMinute} holds too many");
        }

        var ideal = TimeSpan.FromMinutes((Messages - 1) / (double)perMinute);
        Assert.InRange(posts[^1].At - posts[0].At, TimeSpan.FromTicks(ideal.Ticks * 98 / 100), ideal * 1.02);
    }
}
