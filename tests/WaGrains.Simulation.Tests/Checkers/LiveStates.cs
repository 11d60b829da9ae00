using System.Reflection;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Owners;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Looks into the memory of live owners, which nothing of the product lets anybody do.</summary>
internal static class LiveStates
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>The newest state of every owner that lives where the directory says, has nothing outstanding and was
    /// not dropped.</summary>
    public static IEnumerable<(OwnerKey Owner, object State)> Quiet(SimWorld world) =>
        from life in world.Cluster.Members
        from seat in life.Seats
        where seat.IsIdle && world.Cluster.Home(seat.Owner) == life
        let owner = (Owner?)Field(seat.Place, "_owner")
        where owner is { IsDropped: false }
        let activation = Field(owner, "<activation>P")!
        where (int)Field(activation, "_outstanding")! == 0
        select (seat.Owner, activation.GetType().GetProperty("State")!.GetValue(activation)!);

    public static IEnumerable<(OwnerKey Owner, AgentAtWork Agent)> Agents(SimWorld world) =>
        from live in Quiet(world)
        where live.State is AgentAtWork
        select (live.Owner, (AgentAtWork)live.State);

    private static object? Field(object of, string name)
    {
        for (var type = of.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Hidden) is { } field)
            {
                return field.GetValue(of);
            }
        }

        throw new MissingFieldException(of.GetType().Name, name);
    }
}
