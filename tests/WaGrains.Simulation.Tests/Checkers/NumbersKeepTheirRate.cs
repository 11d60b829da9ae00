using WaGrains.Domain.Ids;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>No 60 s at Meta's door hold more calls of a number than its rate; 50 ms are granted to the wire (design
/// 7).</summary>
internal sealed class NumbersKeepTheirRate(SimWorld world) : Checker(world)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60) - TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<OwnerKey, Queue<DateTimeOffset>> _recent = [];

    public override void Posted(GraphPost post)
    {
        var number = post.Send.Number;
        var limit = World.Tenants.Single(tenant => tenant.Id == number.Tenant)
            .Numbers.Single(each => each.Id == number.Number).LimitPerMinute;
        if (!_recent.TryGetValue(number, out var recent))
        {
            _recent[number] = recent = new Queue<DateTimeOffset>();
        }

        recent.Enqueue(post.At);
        while (post.At - recent.Peek() >= Window)
        {
            recent.Dequeue();
        }

        Expect(recent.Count <= limit, $"{number}", $"at most {limit} calls in 60 s", $"{recent.Count}");
    }
}
