using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.PhoneNumbers;

/// <summary>Random lives under random rules: whatever happens, the rate is over no term, never negative and always
/// explained.</summary>
public sealed class PaceProperties
{
    private const int Days = 400;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rate_is_over_no_term_never_negative_and_explained(int seed)
    {
        var chance = new Random(seed);
        var rules = Rules(chance);
        var desk = new NumberDesk(
            new PhoneNumberSettings { PhoneNumberId = "1", Policy = SendingPolicy.WarmUp }) { Rules = rules };
        for (var day = 0; day < Days; day++)
        {
            desk.Now += TimeSpan.FromHours(chance.Next(1, 60));
            desk.InboundPerMinute = chance.Next(0, 9_000);
            desk.Tell(Event(chance, desk));
            var report = (PaceReport)desk.Tell(new ReadPace()).Reply;
            var where = $"seed={seed} day={day}";
            Assert.True(report.PerMinute >= 0, where);
            Assert.NotEmpty(report.Terms);
            Assert.All(report.Terms, term => Assert.True(report.PerMinute <= term.PerMinute, where));
            Assert.Equal(report.PerMinute, report.Terms[0].PerMinute);
            Assert.True(report.Terms.All(term => term.Since <= desk.Now && !(term.Until <= desk.Now)), where);
            var earned = desk.Record.WarmUp.PerMinute(rules.WarmUp);
            Assert.InRange(
                earned,
                Math.Min(rules.WarmUp.RiskPerMinute, rules.WarmUp.StartPerMinute),
                rules.WarmUp.CeilingPerMinute);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Good_days_give_exactly_what_the_rules_say_and_never_less_than_the_day_before(int seed)
    {
        var rules = Rules(new Random(seed));
        var good = new DayTraffic(rules.Day.SentMin * 100, rules.Day.SentMin * 100, 0, 0, 0, 0, 0);
        var warmUp = WarmUp.Begin(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var before = warmUp.PerMinute(rules.WarmUp);
        Assert.Equal(rules.WarmUp.StartPerMinute, before);
        for (var day = 1; day <= rules.WarmUp.GoodDaysMax; day++)
        {
            warmUp = warmUp.Decide(warmUp.Decided.AddDays(1), good, QualityRating.Green, rules);
            var now = warmUp.PerMinute(rules.WarmUp);
            Assert.True(now >= before, $"seed={seed} day={day}: {now} after {before}");
            if (day == rules.WarmUp.EarnedDays)
            {
                Assert.Equal(rules.WarmUp.EarnedPerMinute, now, 1e-9);
            }

            before = now;
        }

        Assert.True(
            before.Equals(rules.WarmUp.CeilingPerMinute) || rules.WarmUp.GoodDaysMax >= 3_650
            || rules.WarmUp.EarnedPerMinute.Equals(rules.WarmUp.StartPerMinute),
            $"seed={seed}: ends at {before}");
    }

    private static PacingRules Rules(Random chance)
    {
        var start = (chance.NextDouble() * 100) + 0.1;
        var earned = start + (chance.Next(4) == 0 ? 0 : chance.NextDouble() * 500);
        return new PacingRules
        {
            WarmUp = new WarmUpRules(
                start, earned, chance.Next(1, 366), earned + (chance.NextDouble() * 1_000),
                start * (chance.NextDouble() + 0.001) / 1.001, 1.01 + chance.NextDouble()),
            Day = new DayRules(SentMin: chance.Next(1, 50)),
            Throttling = new ThrottleRules(chance.Next(1, 100), (chance.NextDouble() * 0.5) + 0.001),
        };
    }

    private static PhoneNumberMessage Event(Random chance, NumberDesk desk) => chance.Next(8) switch
    {
        0 => new QualityChanged(QualityEvent.Green, "told", desk.Now),
        1 => new QualityChanged(QualityEvent.Yellow, "told", desk.Now),
        2 => new QualityChanged(chance.Next(5) == 0 ? QualityEvent.Risk : QualityEvent.Green, "told", desk.Now),
        3 => new QualityChanged(QualityEvent.Pause, "told", desk.Now),
        4 => new QualityChanged(QualityEvent.Resume, "told", desk.Now),
        5 => new QualityChanged(QualityEvent.Upgrade, "told", desk.Now),
        6 => new ContactOptedOut(NumberDesk.Talk(chance.Next(100))),
        _ => ContactReplied.Message,
    };
}
