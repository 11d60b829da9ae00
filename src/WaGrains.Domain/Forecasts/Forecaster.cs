using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Forecasts;

/// <summary>
/// Works out how a bulk send would go: its numbers share it as they have room, so all of them are busy until it is
/// over. In fractions of messages from one change of rate or quiet hour to the next, so that a million recipients take
/// no longer than ten. Taken as they are now: queues, other traffic, other sends; every day to come is a good one.
/// </summary>
public static class Forecaster
{
    /// <summary>How far it looks ahead.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(60);

    private const int BisectionsMax = 48;

    /// <summary>How it would go.</summary>
    /// <param name="question">What is to be sent.</param>
    /// <param name="numbers">Through which numbers, 1 or more.</param>
    /// <param name="now">The present.</param>
    public static SendForecast Ask(
        ForecastQuestion question, IReadOnlyList<NumberOutlook> numbers, DateTimeOffset now)
    {
        NumberRun[] runs =
        [
            .. numbers.Select(number =>
                new NumberRun(number, question, now, (int)Horizon.TotalDays + 1)),
        ];
        var sleep = new Sleep(question);
        var (at, end) = (now, now + Horizon);
        var (left, late, asleep) = ((double)question.Recipients, question.Recipients, TimeSpan.Zero);
        while (left > 0 && at < end)
        {
            var next = Earliest(sleep.NextChange(at), end, at < question.Deadline ? question.Deadline : end);
            var most = Math.Min(left, sleep.Most(at, runs.Sum(run => run.Room)));
            var stalls = Reach(runs, most, at, next);
            left -= Advance(runs, stalls, most);
            if (left > 0 && stalls < next)
            {
                asleep += next - stalls;
                Advance(runs, next, 0);
            }

            at = left > 0 ? next : stalls;
            late = at <= question.Deadline ? (int)Math.Round(left) : late;
        }

        return Sum(question, runs, new Outcome(left <= 0, late, at, asleep), now);
    }

    /// <summary>When they will have sent so many together; the end of the stretch where they will not.</summary>
    private static DateTimeOffset Reach(NumberRun[] runs, double most, DateTimeOffset from, DateTimeOffset to)
    {
        if (most <= 0)
        {
            return from;
        }

        if (runs.Sum(run => run.Gain(to)) <= most)
        {
            return to;
        }

        for (var i = 0; i < BisectionsMax && to - from > TimeSpan.FromMilliseconds(1); i++)
        {
            var middle = from + ((to - from) / 2);
            (from, to) = runs.Sum(run => run.Gain(middle)) < most ? (middle, to) : (from, middle);
        }

        return to;
    }

    /// <summary>All go on until then; how much they have sent of the send.</summary>
    private static double Advance(NumberRun[] runs, DateTimeOffset until, double most)
    {
        var sent = 0d;
        foreach (var run in runs)
        {
            var before = run.Messages;
            run.Advance(until, Math.Max(0, most - sent));
            sent += run.Messages - before;
        }

        // What is left of rounding is no message.
        return most - sent < 0.01 ? most : sent;
    }

    private static SendForecast Sum(ForecastQuestion question, NumberRun[] runs, Outcome outcome, DateTimeOffset now)
    {
        var (total, before) = (runs.Sum(run => run.Messages), 0);
        List<NumberForecast> numbers = [];
        var (exact, whole) = (0d, outcome.IsDone ? question.Recipients : (int)total);
        foreach (var run in runs)
        {
            exact += run.Messages;
            var until = total > 0 ? (int)Math.Round(exact / total * whole) : 0;
            numbers.Add(run.Forecast(until - before, outcome.End, outcome.Asleep, now));
            before = until;
        }

        return new SendForecast(
            numbers.Min(number => number.StartAt),
            outcome.IsDone ? outcome.End : null,
            outcome.Late,
            numbers.GroupBy(number => number.Limit).MaxBy(group => group.Sum(each => each.Messages + 1))!.Key,
            numbers);
    }

    private static DateTimeOffset Earliest(params ReadOnlySpan<DateTimeOffset> moments)
    {
        var earliest = DateTimeOffset.MaxValue;
        foreach (var moment in moments)
        {
            earliest = moment < earliest ? moment : earliest;
        }

        return earliest;
    }

    private readonly record struct Outcome(bool IsDone, int Late, DateTimeOffset End, TimeSpan Asleep);

    /// <summary>Which of the recipients are asleep when.</summary>
    private sealed class Sleep(ForecastQuestion question)
    {
        private readonly QuietHours? _quiet = question.Zones.Count > 0 ? question.Rules.QuietHours : null;

        /// <summary>How many may leave before the next change: those asleep stay in the queues, which take in no more
        /// once they are full of them.</summary>
        public double Most(DateTimeOffset at, double room)
        {
            var asleep = _quiet is null ? 0 : question.Zones
                .Where(zone => _quiet.EndsAt(at, zone.Zone) is not null)
                .Sum(zone => zone.Recipients);
            return asleep == 0 ? double.MaxValue
                : room * Math.Max(0, question.Recipients - asleep) / asleep;
        }

        public DateTimeOffset NextChange(DateTimeOffset at) => _quiet is null
            ? DateTimeOffset.MaxValue
            : question.Zones.Min(zone => _quiet.EndsAt(at, zone.Zone) ?? _quiet.BeginsAt(at, zone.Zone));
    }
}
