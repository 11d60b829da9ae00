using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Simulation.Tests.Checkers;
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
            InboundPerMinute = 0,
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
            InboundPerMinute = 0,
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
        var world = new SimWorld(plan with { HasFastNumber = true });
        var posts = new List<GraphPost>();
        var thread = new Thread(() =>
        {
            world.Prepare();
            var tenant = world.Tenants[0];
            world.Listen(new Door(world, tenant.Numbers[^1].Id, posts));
            var clerk = new Clerk(world);
            for (var i = 0; i < Messages; i++)
            {
                var conversation = new ConversationId(tenant.Numbers[^1].Id, new ContactId(7_000 + (ulong)i));
                clerk.Give(OwnerKey.Of(tenant.Id, conversation), Message(world, i), null);
            }

            if (storm > TimeSpan.Zero)
            {
                world.Rage(storm);
            }

            world.Pass(TimeSpan.FromMinutes(3));
        });
        thread.Start();
        thread.Join();
        return (world, posts);
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

    private sealed class Door(SimWorld world, PhoneNumberId number, List<GraphPost> posts) : Checker(world)
    {
        private readonly Queue<DateTimeOffset> _recent = [];

        public override void Posted(GraphPost post)
        {
            if (post.Send.Number.Number != number)
            {
                return;
            }

            posts.Add(post);
            _recent.Enqueue(post.At);
            while (post.At - _recent.Peek() >= Second)
            {
                _recent.Dequeue();
            }

            Expect(
                _recent.Count <= PerSecond, $"{number}", $"at most {PerSecond} calls in a second", $"{_recent.Count}");
        }
    }
}
