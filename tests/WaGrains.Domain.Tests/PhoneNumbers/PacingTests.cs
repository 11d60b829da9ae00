using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class PacingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Throttled_number_halves_its_rate() =>
        Assert.Equal(40, Pacing.Unthrottled(1, 80).OnThrottled(Now, Now).PerMinute);

    [Fact]
    public void Attempts_under_way_at_the_halving_do_not_halve_again()
    {
        var pacing = Pacing.Unthrottled(1, 80)
            .OnThrottled(Now, Now.AddSeconds(1))
            .OnThrottled(Now.AddSeconds(0.5), Now.AddSeconds(2));

        Assert.Equal(40, pacing.PerMinute);
    }

    [Fact]
    public void Attempt_made_at_the_halved_rate_halves_it_again()
    {
        var pacing = Pacing.Unthrottled(1, 80).OnThrottled(Now, Now).OnThrottled(Now.AddSeconds(1), Now.AddSeconds(2));

        Assert.Equal(20, pacing.PerMinute);
    }

    [Fact]
    public void Throttling_stops_at_the_floor()
    {
        var pacing = new Pacing(1.5, 1, 80, null).OnThrottled(Now, Now);

        Assert.Equal(1, pacing.PerMinute);
    }

    [Fact]
    public void Rate_under_the_floor_is_not_raised_by_throttling() =>
        Assert.Equal(0.5, new Pacing(0.5, 1, 80, null).OnThrottled(Now, Now).PerMinute);

    [Fact]
    public void Accepted_message_gives_back_a_hundredth_of_the_ceiling() =>
        Assert.Equal(40.8, new Pacing(40, 1, 80, Now).OnAccepted(0.01, Now).PerMinute, 9);

    [Theory]
    [InlineData(0, 1_920)]
    [InlineData(10, 2_340)]
    [InlineData(20, 2_400)]
    [InlineData(30, 2_460)]
    [InlineData(40, 2_880)]
    [InlineData(50, 4_020)]
    [InlineData(60, 4_800)]
    public void Throttled_number_lingers_at_the_refused_rate_before_it_goes_beyond(double seconds, double most)
    {
        var pacing = new Pacing(2_400, 1, 4_800, null).OnThrottled(Now, Now);
        for (var i = 0; i < 100; i++)
        {
            pacing = pacing.OnAccepted(0.01, Now.AddSeconds(seconds));
        }

        Assert.Equal(most, pacing.PerMinute, 6);
    }

    [Fact]
    public void Refused_rate_is_forgotten_at_the_ceiling()
    {
        var pacing = new Pacing(2_400, 1, 4_800, null).OnThrottled(Now, Now);
        Assert.Equal(2_400, pacing.RefusedPerMinute);

        for (var i = 0; i < 100; i++)
        {
            pacing = pacing.OnAccepted(0.01, Now.AddMinutes(2));
        }

        Assert.Equal(new Pacing(4_800, 1, 4_800, Now), pacing);
    }

    [Fact]
    public void Rate_never_passes_the_ceiling() =>
        Assert.Equal(80, new Pacing(79.9, 1, 80, Now).OnAccepted(0.01, Now).PerMinute);

    [Fact]
    public void Unthrottled_number_moves_with_its_ceiling() =>
        Assert.Equal(4800, Pacing.Unthrottled(1, 1200).WithCeiling(4800).PerMinute);

    [Fact]
    public void Throttled_number_keeps_its_rate_under_a_higher_ceiling() =>
        Assert.Equal(600, new Pacing(600, 1, 1200, Now).WithCeiling(4800).PerMinute);

    [Fact]
    public void Lower_ceiling_binds_a_throttled_number_too() =>
        Assert.Equal(300, new Pacing(600, 1, 1200, Now).WithCeiling(300).PerMinute);
}
