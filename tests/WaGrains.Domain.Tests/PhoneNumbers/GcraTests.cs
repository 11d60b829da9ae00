using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class GcraTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void First_start_is_allowed_at_once() =>
        Assert.Equal(Start, Gcra.Fresh(60).NextSlot(Start));

    [Fact]
    public void Whole_rate_is_spaced_at_99_percent_of_it() =>
        Assert.Equal(60 / (0.99 * 60), Gcra.Fresh(60).Interval.TotalSeconds, 6);

    [Fact]
    public void Fraction_that_no_minute_can_hold_is_not_aimed_at() =>
        Assert.Equal(Gcra.Fresh(7).Interval, Gcra.Fresh(7.5).Interval);

    [Fact]
    public void Rate_below_one_per_minute_waits_for_minutes() =>
        Assert.Equal(120 / 0.99, Gcra.Fresh(0.5).Interval.TotalSeconds, 6);

    [Fact]
    public void Slot_after_a_rest_is_a_whole_interval_before_the_next()
    {
        var pace = Gcra.Fresh(60).Take(Start);

        Assert.Equal(Start + pace.Interval, pace.NextSlot(Start));
    }

    [Fact]
    public void Start_that_is_caught_up_takes_the_slot_it_missed()
    {
        var pace = Gcra.Fresh(60).Take(Start);
        var slot = pace.NextSlot(Start);

        Assert.Equal(slot, pace.SlotOf(slot + pace.Burst));
        Assert.Equal(slot + pace.Burst + TimeSpan.FromTicks(1), pace.SlotOf(slot + pace.Burst.Add(new TimeSpan(1))));
    }

    [Fact]
    public void Lateness_within_the_burst_is_caught_up()
    {
        var late = Gcra.Fresh(60).Take(Start);
        var pace = late.Take(late.NextSlot(Start));

        Assert.Equal(pace, late.Take(late.NextSlot(Start) + late.Burst));
    }

    [Fact]
    public void Lateness_beyond_the_burst_moves_the_schedule()
    {
        var pace = Gcra.Fresh(60).Take(Start).Take(Start.AddSeconds(30));

        Assert.Equal(Start.AddSeconds(30) + pace.Interval, pace.NextSlot(Start));
    }

    [Fact]
    public void Start_that_left_later_than_taken_is_charged_from_when_it_left()
    {
        var pace = Gcra.Fresh(60).Take(Start).StartedAt(Start.AddSeconds(0.8));

        Assert.Equal(Gcra.Fresh(60).Take(Start.AddSeconds(0.8)), pace);
    }

    [Fact]
    public void Start_that_left_on_time_changes_nothing()
    {
        var pace = Gcra.Fresh(60).Take(Start);

        Assert.Equal(pace, pace.StartedAt(Start));
    }

    [Fact]
    public void Slower_rate_stretches_the_wait_that_is_left()
    {
        var pace = Gcra.Fresh(60).Take(Start);
        var slower = pace.WithRate(30, Start);

        Assert.Equal((pace.Due - Start) * (slower.Interval / pace.Interval), slower.Due - Start);
    }

    [Fact]
    public void Faster_rate_shortens_the_wait_that_is_left()
    {
        var pace = Gcra.Fresh(0.5).Take(Start).WithRate(60, Start.AddSeconds(1));

        Assert.InRange(pace.NextSlot(Start), Start.AddSeconds(1.9), Start.AddSeconds(2.1));
    }

    [Fact]
    public void Change_of_rate_grants_no_start_that_was_not_allowed_before()
    {
        var fast = Gcra.Fresh(4800).Take(Start);
        var slow = fast.WithRate(300, Start);

        Assert.True(slow.NextSlot(Start) >= fast.NextSlot(Start), $"{fast} {slow}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rate_that_is_no_rate_is_refused(double perMinute) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Gcra.Fresh(60).WithRate(perMinute, Start));
}
