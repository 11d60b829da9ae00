using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Engine.Effects;

/// <summary>
/// Keeps the calls of fast numbers apart, whose slots are taken ahead: where a commit, or the way to the socket, took
/// so long that several slots are over, calls do not leave together but as far apart as their number's pace has them.
/// Safe from any thread.
/// </summary>
/// <param name="catchesUp">By how much a call may come before its place; null for what slots catch up
/// themselves.</param>
public sealed class Departures(TimeSpan? catchesUp)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<OwnerKey, Gcra> _paces = [];
    private int _forgetFrom = Limits.PacesRemembered;

    /// <summary>When a call may leave; counted as if it did.</summary>
    /// <param name="number">Whose call.</param>
    /// <param name="perMinute">Its pace, messages per minute, above 0.</param>
    /// <param name="earliest">Not before this.</param>
    /// <param name="now">The present: not before this either.</param>
    public DateTimeOffset Next(OwnerKey number, double perMinute, DateTimeOffset earliest, DateTimeOffset now)
    {
        lock (_lock)
        {
            Forget(now);
            var pace = _paces.TryGetValue(number, out var known)
                ? known.WithRate(perMinute, now)
                : Gcra.Fresh(perMinute);
            var at = Later(Later(now, earliest), pace.Due - (catchesUp ?? pace.Burst));
            _paces[number] = pace.Take(at);
            return at;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        if (_paces.Count < _forgetFrom)
        {
            return;
        }

        foreach (var (number, pace) in _paces)
        {
            if (pace.Due <= now)
            {
                _paces.Remove(number);
            }
        }

        // Those that are left send now: to look at all of them again with each call would find no more.
        _forgetFrom = Math.Max(Limits.PacesRemembered, 2 * _paces.Count);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
