using WaGrains.LocalCluster.Faults;

namespace WaGrains.Faults.Tests;

public sealed class FaultOutcomeTests
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(5);

    [Fact]
    public void Recovery_within_the_bar_violates_nothing() =>
        Assert.Empty(FaultOutcome.Of("silo-1 killed", Bar, Bar).Violations);

    [Fact]
    public void Recovery_beyond_the_bar_is_a_violation() => Assert.Equal(
        ["all numbers served only after 5.1 s"],
        FaultOutcome.Of("silo-1 killed", TimeSpan.FromSeconds(5.1), Bar).Violations);

    [Fact]
    public void Numbers_that_never_serve_again_are_a_violation() => Assert.Equal(
        ["some numbers did not serve again in time"], FaultOutcome.Of("silo-1 killed", null, Bar).Violations);

    [Fact]
    public void What_was_seen_is_told_whether_or_not_it_violates()
    {
        var outcome = FaultOutcome.Of("silo-1 frozen", Bar, Bar).And("it ended with 4", false).And("it wrote", true);

        Assert.EndsWith("; it ended with 4; it wrote", outcome.Story, StringComparison.Ordinal);
        Assert.Equal(["it wrote"], outcome.Violations);
    }

    [Fact]
    public void What_comes_after_is_told_after_and_judged_as_well()
    {
        var outcome = new FaultOutcome("carried 300/s", []).With("carried_per_s", 300)
            .Then(new FaultOutcome("lost 1", ["lost 1"]).With("lost", 1));

        Assert.Equal(("carried 300/s; lost 1", "lost 1"), (outcome.Story, Assert.Single(outcome.Violations)));
        Assert.Equal(["carried_per_s", "lost"], outcome.Facts.Select(fact => fact.Key));
    }
}
