using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Tests.Rows;

/// <summary>A chain that is judged wrongly still commits, by the slow pass: only here does it show.</summary>
public sealed class StateChainsTests
{
    private readonly StateChains _chains = [];

    [Fact]
    public void Last_state_of_an_owner_replaces_what_stood_before_its_first()
    {
        Assert.True(_chains.Add(Sample.Agent(1, 4)));
        Assert.True(_chains.Add(Sample.Agent(2, 1)));
        Assert.True(_chains.Add(Sample.Agent(1, 5)));
        Assert.True(_chains.Add(Sample.Agent(1, 6)));
        Assert.Equal([(3, 6), (0, 1)], _chains.Select(chain => (chain.Expected, chain.Last.Version)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Version_that_does_not_follow_is_no_part_of_the_chain(long version)
    {
        Assert.True(_chains.Add(Sample.Agent(1, 4)));
        Assert.False(_chains.Add(Sample.Agent(1, version)));
    }
}
