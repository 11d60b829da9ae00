using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Effects;

/// <summary>
/// When the calls of fast numbers leave. Their slots are taken ahead, so each call waits for its own; and where a commit
/// took so long that several are over, they do not leave together but as far apart as their number's pace has them. Safe
/// from any thread.
/// </summary>
internal sealed class Departures
{
    private readonly Lock _lock = new();
    private readonly Dictionary<OwnerKey, Gcra> _paces = [];
    private int _forgetFrom = Limits.PacesRemembered;

    /// <summary>The call with the time at which it may leave.</summary>
    /// <param name="send">A call that is free to leave.</param>
    /// <param name="now">The present.</param>
    public SendToGraph Plan(SendToGraph send, DateTimeOffset now)
    {
        if (send.PerMinute is not { } perMinute)
        {
            return send;
        }

        lock (_lock)
        {
            Forget(now);
            var pace = _paces.TryGetValue(send.Number, out var known)
                ? known.WithRate(perMinute, now)
                : Gcra.Fresh(perMinute);
            var at = pace.NextSlot(send.StartsAt > now ? send.StartsAt : now);
            _paces[send.Number] = pace.Take(at);
            return at > now ? send with { NotBefore = at } : send;
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
}
