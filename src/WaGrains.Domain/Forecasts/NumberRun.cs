using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Forecasts;

/// <summary>
/// A number that works off what waits, in fractions of messages: first the more urgent lanes, then the sources of the
/// send's own lane, which take turns.
/// </summary>
internal sealed class NumberRun
{
    private readonly PaceReport _pace;
    private readonly DailyRates _rates;
    private readonly bool _stands;
    private readonly DateTimeOffset? _stopped;
    private readonly TimeSpan _held;
    private readonly double[] _beside;
    private readonly TimeSpan _queueWait;
    private readonly double _left;
    private DateTimeOffset _done;
    private double _ahead;

    public NumberRun(NumberOutlook outlook, ForecastQuestion question, DateTimeOffset now, int days)
    {
        _pace = outlook.Pace;
        var state = _pace.State;
        _stopped = outlook.StoppedUntil(question.Content);
        _stands = state.IsStopped || _stopped == DateTimeOffset.MaxValue;
        _rates = new DailyRates(_pace, question.Rules, now, days);
        _ahead = outlook.Ahead(question.Lane);
        _left = Math.Max(LeftMin, 1 - (outlook.OtherPerMinute / _rates.PerMinute(now)));
        _beside = [.. outlook.Beside.Select(backlog => (double)backlog)];
        var free = state.HeldUntil > now ? state.HeldUntil.Value : now;
        free = !_stands && _stopped > free ? _stopped.Value : free;
        _held = free - now;
        var first = state.Slot.WithRate(_rates.PerMinute(now), now).NextSlot(free);
        _queueWait = _rates.Interval(now) * ((_ahead + _beside.Sum()) / _left);

        // The first send needs no interval before it.
        _done = first - (_rates.Interval(first) / _left);
    }

    /// <summary>What it has sent of the send.</summary>
    public double Messages { get; private set; }

    public DateTimeOffset? StartAt { get; private set; }

    public DateTimeOffset? FinishAt { get; private set; }

    /// <summary>How much of a send it takes in at once.</summary>
    public double Room => _stands ? 0 : Math.Clamp(_rates.PerMinute(_done), RoomMin, RoomMax);

    /// <summary>What it would send of the send until then, if that never ran dry.</summary>
    public double Gain(DateTimeOffset until)
    {
        var left = Slots(until) - _ahead;
        return left <= 0 ? 0 : Share(left, _beside, isOursIn: true);
    }

    /// <summary>Goes on until then.</summary>
    /// <param name="until">Not before the last time.</param>
    /// <param name="most">Most it gets of the send meanwhile; 0 where all of it rests.</param>
    public void Advance(DateTimeOffset until, double most)
    {
        var slots = Slots(until);
        var left = Math.Max(0, slots - _ahead);
        var ours = most > 0 ? Math.Min(most, Share(left, _beside, isOursIn: true)) : 0;
        if (ours > 0)
        {
            StartAt ??= _done + ((until - _done) * (Math.Max(_ahead, 1) / Math.Max(slots, 1)));
            FinishAt = until;
        }

        _ahead = Math.Max(0, _ahead - slots);
        Messages += ours;
        var each = ours > 0 ? ours : Share(left, _beside, isOursIn: false);
        for (var i = 0; i < _beside.Length; i++)
        {
            _beside[i] = Math.Max(0, _beside[i] - each);
        }

        _done = until > _done ? until : _done;
    }

    /// <summary>What takes most of its time.</summary>
    /// <param name="end">When the send is over.</param>
    /// <param name="asleep">For how long all of the send rested.</param>
    /// <param name="now">When it began.</param>
    public ForecastLimit Limit(DateTimeOffset end, TimeSpan asleep, DateTimeOffset now)
    {
        if (_stands)
        {
            return _pace.State.Stopped is null && _stopped is null ? ForecastLimit.Paused : ForecastLimit.Stopped;
        }

        var held = _stopped - now >= _held ? ForecastLimit.Stopped : ForecastLimit.Held;
        var total = end - now - _held - asleep;
        var others = total * (1 - _left);
        var queue = _queueWait + others < total ? _queueWait + others : total;
        var pace = total - queue;
        var (limit, _) = new (ForecastLimit Limit, TimeSpan Time)[]
        {
            (Slowest(), pace), (ForecastLimit.Queue, queue), (ForecastLimit.QuietHours, asleep),
            (held, _held),
        }.MaxBy(each => each.Time);
        return limit;
    }

    public NumberForecast Forecast(int messages, DateTimeOffset end, TimeSpan asleep, DateTimeOffset now) => new(
        _pace.State.Id,
        messages,
        messages > 0 ? StartAt : null,
        messages > 0 ? FinishAt : null,
        _pace.PerMinute,
        _stands ? 0 : _rates.PerMinute(end),
        Limit(end, asleep, now));

    // However much is answered, it comes in gaps: something of the rest gets through.
    private const double LeftMin = 0.02;

    private const double RoomMin = 10;
    private const double RoomMax = 1_000;

    private double Slots(DateTimeOffset until) => _stands || until <= _done ? 0 : _left * _rates.Slots(_done, until);

    private ForecastLimit Slowest() =>
        _pace.Terms.FirstOrDefault(term => term.PerMinute > 0 && term.Reason != PaceReason.Throttled).Reason switch
        {
            PaceReason.ThroughputLevel => ForecastLimit.ThroughputLevel,
            PaceReason.Plan => ForecastLimit.Plan,
            _ => ForecastLimit.WarmUp,
        };

    /// <summary>What each source gets of so many turns; one that runs dry leaves its turns to the others.</summary>
    private static double Share(double turns, double[] backlogs, bool isOursIn)
    {
        var (got, sources) = (0d, backlogs.Length + (isOursIn ? 1 : 0));
        foreach (var backlog in backlogs.Order())
        {
            var step = backlog - got;
            if (step * sources >= turns)
            {
                return got + (turns / sources);
            }

            turns -= step * sources;
            got = backlog;
            sources--;
        }

        return sources > 0 ? got + (turns / sources) : got;
    }
}
