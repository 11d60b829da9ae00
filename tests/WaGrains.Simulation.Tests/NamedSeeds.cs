using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests;

/// <summary>Seeds that once showed a bug, by what it was. The story a seed tells moves with the product; the rules do
/// not.</summary>
public sealed class NamedSeeds
{
    [Theory]
    [InlineData(2, "a directory of contacts was woken")]
    [InlineData(1, "an agent asked for what it held already was never answered")]
    [InlineData(29, "two lives of one agent took more than its capacity")]
    [InlineData(23, "a call that left late put six into a minute")]
    [InlineData(3, "a lost release left an agent full for ever")]
    [InlineData(193, "a stale life of a conversation took it from its holder")]
    [InlineData(21, "a lost release left an agent holding what had left")]
    public void Seed_that_once_failed_breaks_no_rule(int seed, string bug)
    {
        var failure = SeedRun.Failure(SimPlan.Of((ulong)seed));
        Assert.True(failure is null, $"{bug}\n{failure}");
    }

    [Theory]
    [InlineData(1, "a silo sent people to a contact that another had absorbed")]
    [InlineData(41, "a release told to one of two lives of an agent was never heard of by the other")]
    [InlineData(64, "a life of an agent that held nothing was told of a release, and wrote nothing")]
    [InlineData(103623, "a call whose turn had waited long for its commit put six into a minute")]
    [InlineData(3039, "a life of an agent that another had written was asked what it holds")]
    public void Cluster_seed_that_once_failed_breaks_no_rule(int seed, string bug)
    {
        var failure = SeedRun.Failure(SimPlan.Cluster((ulong)seed));
        Assert.True(failure is null, $"{bug}\n{failure}");
    }
}
