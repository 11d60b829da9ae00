using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Forecasts;

/// <summary>
/// A number's rate on each UTC day to come: today's, and then what good days earn, held where quality holds it. Meta's
/// throttling is left out: it is gone after a hundred messages or so.
/// </summary>
internal sealed class DailyRates
{
    private readonly DateTimeOffset _midnight;
    private readonly double[] _perMinute;
    private readonly TimeSpan[] _intervals;

    public DailyRates(PaceReport pace, PacingRules rules, DateTimeOffset now, int days)
    {
        _midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        _perMinute = [.. Rates(pace, rules, DateOnly.FromDateTime(now.UtcDateTime)).Take(days + 1)];
        _intervals = [.. _perMinute.Select(rate => Gcra.Fresh(rate).Interval)];
    }

    /// <summary>Messages per minute on the day of this moment.</summary>
    public double PerMinute(DateTimeOffset at) => _perMinute[DayOf(at)];

    /// <summary>The spacing of sends on that day.</summary>
    public TimeSpan Interval(DateTimeOffset at) => _intervals[DayOf(at)];

    /// <summary>How many sends fit between two moments, in fractions.</summary>
    public double Slots(DateTimeOffset from, DateTimeOffset to)
    {
        var slots = 0d;
        for (var day = DayOf(from); from < to; day++)
        {
            var end = day + 1 < _intervals.Length ? _midnight.AddDays(day + 1) : to;
            var until = end < to ? end : to;
            slots += (until - from) / _intervals[day];
            from = until;
        }

        return slots;
    }

    private int DayOf(DateTimeOffset at) => Math.Clamp((int)(at - _midnight).TotalDays, 0, _intervals.Length - 1);

    private static IEnumerable<double> Rates(PaceReport pace, PacingRules rules, DateOnly today)
    {
        var terms = pace.Terms.Where(term => term.PerMinute > 0 && term.Reason != PaceReason.Throttled).ToList();
        var others = terms.Where(term => term.Reason != PaceReason.WarmUp)
            .Select(term => term.PerMinute)
            .DefaultIfEmpty(double.MaxValue)
            .Min();
        var isWarming = terms.Any(term => term.Reason == PaceReason.WarmUp);
        var (warmUp, state) = (pace.State.WarmUp, pace.State);
        var good = DayTraffic.None with { Sent = rules.Day.SentMin, Replied = rules.Day.SentMin };
        for (var day = today; ; day = day.AddDays(1))
        {
            yield return isWarming ? Math.Min(others, warmUp.PerMinute(rules.WarmUp)) : others;

            var isKnownBad = state.Day == day
                && (state.Traffic.RiskEvents > 0 || state.Traffic.RiskOfWholeDay(rules.Day) is not null);
            warmUp = warmUp.Decide(day, isKnownBad ? state.Traffic : good, state.Quality, rules);
        }
    }
}
