using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class WarmUpTests
{
    private static readonly DateTimeOffset Begin = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly WarmUpRules Usual = PacingRules.Default.WarmUp;
    private static readonly DayTraffic Good = new(500, 120, 5, 0, 0, 1, 0);

    [Fact]
    public void New_number_starts_at_20() => Assert.Equal(20, WarmUp.Begin(Begin).PerMinute(Usual));

    [Fact]
    public void Eight_weeks_of_good_days_give_60() => Assert.Equal(60, After(56, Good).PerMinute(Usual));

    [Fact]
    public void Day_55_is_still_below_60() => Assert.True(After(55, Good).PerMinute(Usual) < 60);

    [Fact]
    public void Rate_ends_at_120() => Assert.Equal(120, After(400, Good).PerMinute(Usual));

    [Fact]
    public void Day_decided_twice_counts_once()
    {
        var once = After(3, Good);

        Assert.Equal(once, once.Decide(once.Decided, Good, QualityRating.Green, PacingRules.Default));
    }

    [Fact]
    public void Idle_days_earn_nothing() => Assert.Equal(20, After(60, DayTraffic.None).PerMinute(Usual));

    [Fact]
    public void Silence_of_the_customers_earns_nothing() =>
        Assert.Equal(20, After(10, Good with { Replied = 10 }).PerMinute(Usual));

    [Fact]
    public void Many_failures_earn_nothing() => Assert.Equal(20, After(10, Good with { Failed = 60 }).PerMinute(Usual));

    [Fact]
    public void Yellow_holds_and_says_what_lifts_it()
    {
        var before = After(28, Good);
        var held = before.Decide(before.Decided.AddDays(1), Good, QualityRating.Yellow, PacingRules.Default);

        Assert.Equal((40, PaceLift.QualityGreen), (held.PerMinute(Usual), Term(held).Lift));
    }

    [Fact]
    public void Red_is_a_risk_event()
    {
        var before = After(28, Good);

        var red = before.Decide(before.Decided.AddDays(1), Good, QualityRating.Red, PacingRules.Default);
        Assert.Equal(5, red.PerMinute(Usual));
    }

    [Fact]
    public void Risk_event_drops_to_5_at_once()
    {
        var now = Begin.AddDays(56).AddHours(3);
        var dropped = After(56, Good).OnRisk(now);

        Assert.Equal(new PaceTerm(PaceReason.WarmUp, 5, now, PaceLift.CleanDays), Term(dropped) with { Until = null });
    }

    [Fact]
    public void Risk_after_a_yellow_day_is_lifted_by_clean_days()
    {
        var held = After(28, Good) with { Hold = WarmUpHold.Yellow };

        Assert.Equal(PaceLift.CleanDays, Term(held.OnRisk(Begin.AddDays(29))).Lift);
    }

    [Fact]
    public void Risk_told_only_at_the_end_of_the_day_drops_too() =>
        Assert.Equal(5, After(1, Good with { RiskEvents = 1 }).PerMinute(Usual));

    [Fact]
    public void Repeated_risk_of_one_trouble_costs_once()
    {
        var once = After(56, Good).OnRisk(Begin.AddDays(56));

        Assert.Equal(once, once.OnRisk(Begin.AddDays(56).AddHours(1)));
    }

    [Theory]
    [InlineData(0, 10, 20)]
    [InlineData(70, 16, 45)]
    public void Recovery_takes_clean_days_and_keeps_half_of_what_was_earned(int goodDays, int days, double perMinute)
    {
        var dropped = After(goodDays, Good).OnRisk(Begin.AddDays(goodDays));

        Assert.True(Continue(dropped, days - 1, Good).PerMinute(Usual) < perMinute);
        Assert.Equal(perMinute, Continue(dropped, days, Good).PerMinute(Usual));
        Assert.True(Continue(dropped, days + 1, Good).PerMinute(Usual) > perMinute);
    }

    [Fact]
    public void Recovering_number_stays_down_without_clean_traffic()
    {
        var dropped = After(56, Good).OnRisk(Begin.AddDays(56));

        Assert.Equal(5, Continue(dropped, 30, DayTraffic.None).PerMinute(Usual));
    }

    [Fact]
    public void Opt_outs_above_3_percent_are_a_risk() =>
        Assert.Equal(RiskEvent.OptOutRatio, (Good with { OptedOut = 16 }).RiskOfWholeDay(new DayRules()));

    [Fact]
    public void Unanswered_marketing_burst_is_a_risk() =>
        Assert.Equal(
            RiskEvent.UnansweredBurst,
            (Good with { MarketingSent = 300, MarketingReplied = 2 }).RiskOfWholeDay(new DayRules()));

    [Fact]
    public void Answered_marketing_is_none() =>
        Assert.Null((Good with { MarketingSent = 300, MarketingReplied = 3 }).RiskOfWholeDay(new DayRules()));

    [Fact]
    public void Since_is_when_the_rate_last_changed()
    {
        var rising = After(2, Good);

        Assert.Equal(rising.Since, Continue(rising, 5, DayTraffic.None).Since);
    }

    private static PaceTerm Term(WarmUp warmUp) => warmUp.Term(Usual, Begin);

    private static WarmUp After(int days, DayTraffic traffic) => Continue(WarmUp.Begin(Begin), days, traffic);

    private static WarmUp Continue(WarmUp state, int days, DayTraffic traffic)
    {
        for (var i = 0; i < days; i++)
        {
            state = state.Decide(state.Decided.AddDays(1), traffic, QualityRating.Green, PacingRules.Default);
        }

        return state;
    }
}
