using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Simulation.Tests.Checkers;
using WaGrains.Simulation.Tests.Desk;
using WaGrains.Simulation.Tests.Meta;
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
        var posts = new List<DateTimeOffset>();
        var world = Drain(number, posts, TimeSpan.FromMinutes((Messages / (double)perMinute) + 5));

        Assert.Empty(world.Findings);
        Assert.Equal(Messages, posts.Count);
        for (var i = perMinute; i < posts.Count; i++)
        {
            Assert.True(posts[i] - posts[i - perMinute] >= TimeSpan.FromSeconds(60),
                $"a minute from {i - perMinute} holds too many");
        }

        var ideal = TimeSpan.FromMinutes((Messages - 1) / (double)perMinute);
        Assert.InRange(posts[^1] - posts[0], TimeSpan.FromTicks(ideal.Ticks * 98 / 100), ideal * 1.02);
    }

    private static SimWorld Drain(int number, List<DateTimeOffset> posts, TimeSpan time)
    {
        var world = new SimWorld(new SimPlan { Seed = 5, InboundPerMinute = 0, EvictSeconds = 0 });
        var thread = new Thread(() =>
        {
            world.Prepare();
            world.Listen(new Door(world, posts));
            var clerk = new Clerk(world);
            var tenant = world.Tenants[0];
            for (var i = 0; i < Messages; i++)
            {
                var conversation = new ConversationId(tenant.Numbers[number].Id, new ContactId(7_000 + (ulong)i));
                clerk.Give(OwnerKey.Of(tenant.Id, conversation), Message(world, i), null);
            }

            world.Pass(time);
        });
        thread.Start();
        thread.Join();
        return world;
    }

    private static SendMessage Message(SimWorld world, int i) => new(
        MessageId.New(world.Clock.Now, (UInt128)(i + 1)),
        new TemplateContent(
            "order_ready", "en_US", TemplateCategory.Utility, [], [new TextParameter($"{i}", null)], []),
        Lane.Utility,
        null,
        null,
        null,
        new Recipient($"34600{i:D6}", null),
        null);

    private sealed class Door(SimWorld world, List<DateTimeOffset> posts) : Checker(world)
    {
        public override void Posted(GraphPost post) => posts.Add(post.At);
    }
}
