using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Owners;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;

namespace WaGrains.Host.Tests.Cluster;

public sealed class MoverTests
{
    private const int Here = 11111;
    private const int There = 11112;

    [Fact]
    public async Task What_two_bring_home_at_once_goes_once()
    {
        var membership = new FakeMembership();
        membership.Becomes((Here, SiloStatus.Active), (There, SiloStatus.Active));
        var map = membership.MapOf(Here, TimeProvider.System);
        var grains = new LocalGrains();
        var owner = OwnerKey.Of(TenantId.Parse("acme"), AwayFrom(map));
        var leaving = Leaving.New(out var context);
        var seat = new LocalSeat(context, null!);
        grains.Add(owner, seat);
        using var mover = new Mover(
            grains, map, new Keeping(map, TimeProvider.System),
            new Arrivals(null!, new SiloView(), null!, TimeProvider.System), NullLogger<Mover>.Instance);

        var first = mover.BringHome(CancellationToken.None);
        var second = mover.BringHome(CancellationToken.None);
        grains.Remove(owner, seat);
        leaving.Gone.SetResult();

        Assert.Equal((1, 0, 1), (await first, await second, leaving.Told));
    }

    // An agent has no queue that its new home would have to look at.
    private static AgentId AwayFrom(ClusterMap map) => Enumerable.Range(1, 1_000)
        .Select(i => new AgentId((ulong)i))
        .First(agent => !map.IsHere(map.Fresh(), OwnerKey.Of(TenantId.Parse("acme"), agent)));

    /// <summary>An activation that goes when the test lets it.</summary>
    public class Leaving : DispatchProxy
    {
        public TaskCompletionSource Gone { get; } = new();

        public int Told { get; private set; }

        public static Leaving New(out IGrainContext context)
        {
            context = Create<IGrainContext, Leaving>();
            return (Leaving)(object)context;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod?.Name)
            {
                case nameof(IGrainContext.Deactivate):
                    Told++;
                    return null;
                case "get_Deactivated":
                    return Gone.Task;
                default:
                    throw new NotSupportedException(targetMethod?.Name);
            }
        }
    }
}
