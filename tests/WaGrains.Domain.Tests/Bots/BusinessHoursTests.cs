using WaGrains.Domain.Bots;

namespace WaGrains.Domain.Tests.Bots;

public sealed class BusinessHoursTests
{
    private static readonly OpenHours Night = Hours("22:00", "02:00");

    [Theory]
    [InlineData("2026-11-23T11:59:59Z", false)]
    [InlineData("2026-11-23T12:00:00Z", true)]
    [InlineData("2026-11-23T14:59:59Z", true)]
    [InlineData("2026-11-23T15:00:00Z", false)]
    [InlineData("2026-11-23T16:00:00Z", true)]
    [InlineData("2026-11-22T13:00:00Z", false)]
    public void Hours_are_meant_in_the_zone_and_may_pause(string now, bool open) => Assert.Equal(open, Hours(
        "America/Sao_Paulo",
        [On(DayOfWeek.Monday, "09:00", "12:00"), On(DayOfWeek.Monday, "13:00", "18:00")]).IsOpen(At(now)));

    [Theory]
    [InlineData("2026-11-27T22:00:00Z", true)]
    [InlineData("2026-11-28T01:59:59Z", true)]
    [InlineData("2026-11-28T02:00:00Z", false)]
    [InlineData("2026-11-27T01:00:00Z", false)]
    [InlineData("2026-11-28T23:00:00Z", false)]
    public void Hours_past_midnight_belong_to_the_evening(string now, bool open) =>
        Assert.Equal(open, Hours("UTC", [new WeeklyHours(DayOfWeek.Friday, Night)]).IsOpen(At(now)));

    [Fact]
    public void Equal_times_are_a_whole_day()
    {
        var hours = Hours("UTC", [On(DayOfWeek.Friday, "08:00", "08:00")]);

        Assert.True(hours.IsOpen(At("2026-11-28T07:59:59Z")) && !hours.IsOpen(At("2026-11-28T08:00:00Z")));
    }

    [Fact]
    public void Closed_holiday_begins_nothing_but_ends_what_began()
    {
        var hours = Hours(
            "UTC",
            [new WeeklyHours(DayOfWeek.Thursday, Night), new WeeklyHours(DayOfWeek.Friday, Night)],
            new Holiday(new DateOnly(2026, 12, 25), []));

        Assert.True(hours.IsOpen(At("2026-12-25T01:00:00Z")));
        Assert.False(hours.IsOpen(At("2026-12-25T23:00:00Z")));
    }

    [Fact]
    public void Holiday_may_have_hours_of_its_own()
    {
        var hours = Hours(
            "UTC",
            [On(DayOfWeek.Thursday, "09:00", "18:00")],
            new Holiday(new DateOnly(2026, 12, 24), [Hours("10:00", "12:00")]));

        Assert.False(hours.IsOpen(At("2026-12-24T09:30:00Z")));
        Assert.True(hours.IsOpen(At("2026-12-24T11:00:00Z")));
    }

    [Theory]
    [InlineData("2026-11-20T20:00:00Z", "2026-11-23T12:00:00Z")]
    [InlineData("2026-11-23T12:30:00Z", "2026-11-23T12:30:00Z")]
    [InlineData("2026-12-22T12:30:00Z", "2026-12-28T12:00:00Z")]
    public void Next_opening_skips_weekends_and_holidays(string now, string next) => Assert.Equal(At(next), Hours(
        "America/Sao_Paulo",
        [On(DayOfWeek.Monday, "09:00", "10:00")],
        new Holiday(new DateOnly(2026, 12, 21), [])).NextOpening(At(now)));

    [Fact]
    public void Nothing_opens_without_hours() => Assert.Null(Hours("UTC", []).NextOpening(At("2026-11-20T20:00:00Z")));

    [Theory]
    [InlineData("2026-03-27T20:00:00Z", "2026-03-28T08:00:00Z")]
    [InlineData("2026-03-28T20:00:00Z", "2026-03-29T07:00:00Z")]
    public void Clocks_going_forward_move_the_opening_in_utc(string now, string next) =>
        Assert.Equal(At(next), Daily("Europe/Berlin", "09:00", "17:00").NextOpening(At(now)));

    [Fact]
    public void Opening_in_the_skipped_hour_comes_when_the_clocks_change() =>
        Assert.Equal(At("2026-03-29T01:00:00Z"), Daily("Europe/Berlin", "02:30", "05:00").NextOpening(
            At("2026-03-28T20:00:00Z")));

    [Fact]
    public void Hours_in_the_repeated_hour_come_twice()
    {
        var hours = Daily("Europe/Berlin", "02:15", "02:45");

        Assert.Equal(At("2026-10-25T00:15:00Z"), hours.NextOpening(At("2026-10-24T20:00:00Z")));
        Assert.Equal(At("2026-10-25T01:15:00Z"), hours.NextOpening(At("2026-10-25T00:45:00Z")));
    }

    [Fact]
    public void Next_opening_is_open_and_nothing_before_it_is()
    {
        string[] zones =
        [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "UTC",
        ];
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            TimeOnly Time() => new(random.Next(24), random.Next(4) * 15);
            var zone = zones[random.Next(zones.Length)];
            var hours = Hours(zone, [.. Enumerable.Range(0, random.Next(1, 6))
                .Select(_ => new WeeklyHours((DayOfWeek)random.Next(7), new OpenHours(Time(), Time())))]);
            for (var i = 0; i < 4; i++)
            {
                var now = At("2011-12-20T00:00:00Z").AddMinutes(random.Next(8_000_000));
                var next = hours.NextOpening(now);
                Assert.True(next >= now && hours.IsOpen(next.Value),
                    $"seed={seed} zone={zone} now={now:O} next={next:O}");
                for (var before = now; before < next; before = before.AddMinutes(15 - (before.Minute % 15)))
                {
                    Assert.False(hours.IsOpen(before),
                        $"seed={seed} zone={zone} now={now:O} next={next:O} open={before:O}");
                }
            }
        }
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("2026-11-23T17:30:00Z", false)]
    [InlineData("2026-11-22T20:00:00Z", true)]
    [InlineData("2026-11-23T10:00:00Z", true)]
    public void Conversation_is_told_once_per_closed_period(string? lastTold, bool tell) => Assert.Equal(
        tell,
        Daily("UTC", "09:00", "17:00")
            .ShouldTellClosed(At("2026-11-24T08:00:00Z"), lastTold is null ? null : At(lastTold)));

    [Fact]
    public void Nobody_is_told_closed_while_open() =>
        Assert.False(Daily("UTC", "09:00", "17:00").ShouldTellClosed(At("2026-11-24T10:00:00Z"), null));

    [Fact]
    public void Unknown_zone_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Hours("America/Atlantis", []));

        Assert.Contains("'America/Atlantis'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Date_with_two_entries_is_refused()
    {
        var date = new DateOnly(2026, 12, 25);

        Assert.Throws<ArgumentException>(() => Hours("UTC", [], new Holiday(date, []), new Holiday(date, [])));
    }

    private static BusinessHours Hours(string zone, WeeklyHours[] weekly, params Holiday[] holidays) =>
        new(new OpeningPlan(zone, weekly, holidays));

    private static BusinessHours Daily(string zone, string opens, string closes) =>
        Hours(zone, [.. Enum.GetValues<DayOfWeek>().Select(day => On(day, opens, closes))]);

    private static WeeklyHours On(DayOfWeek day, string opens, string closes) => new(day, Hours(opens, closes));

    private static OpenHours Hours(string opens, string closes) =>
        new(TimeOnly.Parse(opens, null), TimeOnly.Parse(closes, null));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);
}
