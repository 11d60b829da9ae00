using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests;

/// <summary>A seed means one story.</summary>
public sealed class Determinism
{
    [Theory]
    [InlineData(3)]
    [InlineData(25)]
    [InlineData(77)]
    public void One_seed_leaves_the_same_trace_twice(int seed)
    {
        var first = SeedRun.One(SimPlan.Of((ulong)seed));
        var second = SeedRun.One(SimPlan.Of((ulong)seed));

        Assert.Equal(first.Trace.Hash, second.Trace.Hash);
        Assert.NotEqual(first.Trace.Hash, SeedRun.One(SimPlan.Of((ulong)seed + 1)).Trace.Hash);
    }
}
