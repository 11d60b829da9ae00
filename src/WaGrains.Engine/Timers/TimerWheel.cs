using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;

namespace WaGrains.Engine.Timers;

/// <summary>
/// When to wake whom: one for all slow queues of a silo, so that ten thousand of them cost one timer. Holds at most one
/// time per owner and name; a new one replaces it. Safe for use from many threads, but turned by one. Not durable.
/// </summary>
public sealed class TimerWheel
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<(OwnerKey Owner, string Name), long> _queue = new();
    private readonly Dictionary<(OwnerKey Owner, string Name), long> _due = [];
    private readonly List<DueTimer> _taken = [];
    private Action _wakeDriver = static () => { };

    /// <summary>Owners that wait to be woken.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _due.Count;
            }
        }
    }

    /// <summary>The earliest time, or null where nothing waits.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_lock)
            {
                Settle();
                return _queue.TryPeek(out _, out var due) ? new DateTimeOffset(due, TimeSpan.Zero) : null;
            }
        }
    }

    /// <summary>Called, from any thread, when an earlier time than all before has been set.</summary>
    public void WhenEarlier(Action wakeDriver) => _wakeDriver = wakeDriver;

    /// <summary>Sets when to wake an owner, replacing what was set before.</summary>
    /// <param name="owner">Whom to wake.</param>
    /// <param name="name">Which of its timers; empty for its next slot.</param>
    /// <param name="at">When.</param>
    public void Set(OwnerKey owner, string name, DateTimeOffset at)
    {
        var key = (owner, name);
        bool earlier;
        lock (_lock)
        {
            Settle();
            earlier = !_queue.TryPeek(out _, out var first) || at.UtcTicks < first;
            if (_due.TryGetValue(key, out var known) && known == at.UtcTicks)
            {
                return;
            }

            _due[key] = at.UtcTicks;
            _queue.Enqueue(key, at.UtcTicks);
            Compact();
        }

        if (earlier)
        {
            _wakeDriver();
        }
    }

    /// <summary>Whether this owner will be woken under this name.</summary>
    public bool Awaits(OwnerKey owner, string name)
    {
        lock (_lock)
        {
            return _due.ContainsKey((owner, name));
        }
    }

    /// <summary>Takes everything that is due, earliest first; to be called by one driver alone.</summary>
    /// <returns>What was due; the next call writes it over.</returns>
    public IReadOnlyList<DueTimer> TakeDue(DateTimeOffset now)
    {
        _taken.Clear();
        lock (_lock)
        {
            while (_queue.TryPeek(out var key, out var due) && due <= now.UtcTicks)
            {
                _queue.Dequeue();
                if (_due.TryGetValue(key, out var current) && current == due)
                {
                    _due.Remove(key);
                    _taken.Add(new DueTimer(key.Owner, key.Name, new DateTimeOffset(due, TimeSpan.Zero)));
                }
            }
        }

        return _taken;
    }

    /// <summary>Drops entries that were replaced, so that the head is real.</summary>
    private void Settle()
    {
        while (_queue.TryPeek(out var key, out var due) && (!_due.TryGetValue(key, out var current) || current != due))
        {
            _queue.Dequeue();
        }
    }

    /// <summary>Replaced entries far ahead would pile up: rebuild once they outnumber the real ones.</summary>
    private void Compact()
    {
        if (_queue.Count <= (2 * _due.Count) + 1_000)
        {
            return;
        }

        _queue.Clear();
        foreach (var (key, due) in _due)
        {
            _queue.Enqueue(key, due);
        }
    }
}
