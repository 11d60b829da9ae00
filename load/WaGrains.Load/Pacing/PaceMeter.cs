namespace WaGrains.Load.Pacing;

/// <summary>
/// What a judge outside sees of one number that has an agreed rate per minute and always something to send: whether any
/// minute held too much, and how much later than allowed each send came. Not for concurrent use.
/// </summary>
/// <remarks>
/// A send is allowed one interval (99 % of the rate) after the slot of the one before, and that is where it was allowed
/// itself, or where it came when it came more than 40 ms later: less is caught up. Who measures at the far end of a
/// wire does not know when the first left: a send that comes before it is allowed pulls the schedule down to where it
/// must have been. So a constant way to the endpoint is no lateness, and each way's excess over the shortest is.
/// </remarks>
/// <param name="perMinute">The agreed rate, a whole number from 1 on.</param>
internal sealed class PaceMeter(int perMinute)
{
    private const double Aim = 0.99;
    private static readonly long Caught = TimeSpan.FromMilliseconds(40).Ticks;

    private readonly long _interval = (long)Math.Ceiling(TimeSpan.TicksPerMinute / (Aim * perMinute));
    private readonly long[] _recent = new long[perMinute];
    private long _allowed;
    private long _measuredFrom = -1;
    private long _measuredTo;
    private int _inMeasure;

    /// <summary>The agreed rate, messages per minute.</summary>
    public int PerMinute => perMinute;

    /// <summary>Sends so far.</summary>
    public long Count { get; private set; }

    /// <summary>Sends that made a closed minute hold more than the rate.</summary>
    public long Overs { get; private set; }

    /// <summary>The shortest time in which there was one send more than the rate; <see cref="TimeSpan.MaxValue"/> where
    /// there were never so many.</summary>
    public TimeSpan Tightest { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The part of the rate that was used between the first and the last measured send; null of fewer than
    /// three.</summary>
    public double? Used => _inMeasure < 3
        ? null
        : (_inMeasure - 1) * (double)TimeSpan.TicksPerMinute / (_measuredTo - _measuredFrom) / perMinute;

    /// <summary>A send at this instant.</summary>
    /// <param name="at">Monotonic, in ticks of 100 ns; not before the one before.</param>
    /// <param name="isMeasured">Whether it counts for <see cref="Used"/>.</param>
    /// <returns>How late it is, 0 or more; null of the first.</returns>
    public long? Sent(long at, bool isMeasured)
    {
        Judge(at);
        long? late = null;
        if (Count > 0)
        {
            late = Math.Max(0, at - _allowed);
        }

        _allowed = (at - _allowed > Caught ? at : Math.Min(_allowed, at)) + _interval;
        Count++;
        if (isMeasured)
        {
            _measuredFrom = _measuredFrom < 0 ? at : _measuredFrom;
            (_measuredTo, _inMeasure) = (at, _inMeasure + 1);
        }

        return late;
    }

    // As many sends ago as one minute may hold: that one must lie more than a minute back.
    private void Judge(long at)
    {
        var place = (int)(Count % perMinute);
        if (Count >= perMinute)
        {
            var took = TimeSpan.FromTicks(at - _recent[place]);
            Overs += took <= TimeSpan.FromMinutes(1) ? 1 : 0;
            Tightest = took < Tightest ? took : Tightest;
        }

        _recent[place] = at;
    }
}
