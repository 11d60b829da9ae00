using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Simulation.Tests.Checkers;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Desk;

/// <summary>A world in which nobody writes: one number has a full queue and drains it.</summary>
internal static class FullQueue
{
    /// <summary>Tells the story.</summary>
    /// <param name="plan">What the world is like.</param>
    /// <param name="number">Which number of the first tenant.</param>
    /// <param name="messages">How many wait, each for somebody else.</param>
    /// <param name="storm">For how long there are faults.</param>
    /// <param name="calm">How long it goes on after that.</param>
    /// <returns>The world, and every call that came to Meta.</returns>
    public static (SimWorld World, List<GraphPost> Posts) Drain(
        SimPlan plan, Index number, int messages, TimeSpan storm, TimeSpan calm)
    {
        var world = new SimWorld(plan with { InboundPerMinute = 0 });
        var posts = new List<GraphPost>();
        var thread = new Thread(() =>
        {
            world.Prepare();
            world.Listen(new Door(world, posts));
            Fill(world, world.Tenants[0], number.GetOffset(world.Tenants[0].Numbers.Count), messages);
            if (storm > TimeSpan.Zero)
            {
                world.Rage(storm);
            }

            world.Pass(calm);
        });
        thread.Start();
        thread.Join();
        return (world, posts);
    }

    private static void Fill(SimWorld world, SimTenant tenant, int number, int messages)
    {
        var clerk = new Clerk(world);
        for (var i = 0; i < messages; i++)
        {
            var conversation = new ConversationId(tenant.Numbers[number].Id, new ContactId(7_000 + (ulong)i));
            clerk.Give(OwnerKey.Of(tenant.Id, conversation), Notice.To(world, i), null);
        }
    }

    private sealed class Door(SimWorld world, List<GraphPost> posts) : Checker(world)
    {
        public override void Posted(GraphPost post) => posts.Add(post);
    }
}
