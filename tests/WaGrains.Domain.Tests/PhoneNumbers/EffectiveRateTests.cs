using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class EffectiveRateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PaceTerm Plan = new(PaceReason.Plan, 120, Now, PaceLift.PlanChange);

    private static readonly PaceTerm Fresh = WarmUp.Begin(Now).Term(PacingRules.Default.WarmUp, Now);

    private static readonly PaceTerm Loop = Pacing.Unthrottled(1, 1200).Term(Now);

    private static readonly PaceTerm Level = ThroughputLevel.Coexistence.Term(0, Now);

    [Fact]
    public void Smallest_term_binds()
    {
        var rate = EffectiveRate.Of(Plan, new PaceTerm(PaceReason.Throttled, 30, Now, PaceLift.AcceptedMessages));

        Assert.Equal(PaceReason.Throttled, rate.Binding.Reason);
    }

    [Fact]
    public void Among_equal_terms_the_first_reason_is_named()
    {
        var rate = EffectiveRate.Of(Plan, Plan with { Reason = PaceReason.WarmUp });

        Assert.Equal(PaceReason.WarmUp, rate.Binding.Reason);
    }

    [Fact]
    public void Unthrottled_loop_at_its_ceiling_is_not_what_binds()
    {
        var rate = EffectiveRate.Of(Pacing.Unthrottled(1, 4800).Term(Now), ThroughputLevel.Standard.Term(0, Now));

        Assert.Equal(PaceReason.ThroughputLevel, rate.Binding.Reason);
    }

    [Fact]
    public void Rate_without_limits_is_a_mistake() => Assert.Throws<ArgumentException>(() => EffectiveRate.Of());

    [Fact]
    public void Warm_up_policy_asks_the_slow_loop() =>
        Assert.Equal(20, SendingPolicy.WarmUp.Rate(Fresh, Loop, Level, Plan).Binding.PerMinute);

    [Fact]
    public void Cloud_policy_does_not() =>
        Assert.Equal(120, SendingPolicy.Cloud.Rate(Fresh, Loop, Level, Plan).Binding.PerMinute);

    [Fact]
    public void All_terms_are_told_the_smallest_first() => Assert.Equal(
        [PaceReason.WarmUp, PaceReason.Plan, PaceReason.ThroughputLevel, PaceReason.Throttled],
        SendingPolicy.WarmUp.Rate(Fresh, Loop, Level, Plan).Terms.Select(term => term.Reason));

    [Theory]
    [InlineData(ThroughputLevel.Coexistence, 20)]
    [InlineData(ThroughputLevel.Standard, 80)]
    [InlineData(ThroughputLevel.High, 1000)]
    public void Levels_are_per_second(ThroughputLevel level, double perSecond) =>
        Assert.Equal(perSecond * 60, level.PerMinute());

    [Fact]
    public void Inbound_counts_with_outbound() =>
        Assert.Equal(3600, ThroughputLevel.Standard.Term(1200, Now).PerMinute);

    [Fact]
    public void Flood_of_inbound_leaves_a_twentieth_for_sending() =>
        Assert.Equal(240, ThroughputLevel.Standard.Term(9000, Now).PerMinute);

    [Fact]
    public void Queue_that_outlasts_time_ends_with_it() =>
        Assert.Equal(DateTimeOffset.MaxValue, EffectiveRate.EmptyAt(int.MaxValue, Gcra.Fresh(1e-5), Now));

    [Fact]
    public void Empty_queue_is_empty_now() => Assert.Equal(Now, EffectiveRate.EmptyAt(0, Gcra.Fresh(60), Now));

    [Fact]
    public void Queue_of_three_is_empty_after_two_intervals()
    {
        var pace = Gcra.Fresh(60);

        Assert.Equal(Now + (2 * pace.Interval), EffectiveRate.EmptyAt(3, pace, Now));
    }
}
