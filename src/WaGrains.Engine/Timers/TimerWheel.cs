using WaGrains.Domain.Ids;

namespace WaGrains.Engine.Timers;

/// <summary>
/// When to wake whom: one for all slow queues of a silo, so that ten thousand of them cost one timer. Holds at most one time per owner; a new one replaces it.
/// Safe for use from many threads. Not durable.
/// </summary>
public sealed class TimerWheel
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<OwnerKey, long> _queue = new();
    private readonly Dictionary<OwnerKey, long> _due = [];
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
    public void Set(OwnerKey owner, DateTimeOffset at)
    {
        bool earlier;
        lock (_lock)
        {
            Settle();
            earlier = !_queue.TryPeek(out _, out var first) || at.UtcTicks < first;
            _due[owner] = at.UtcTicks;
            _queue.Enqueue(owner, at.UtcTicks);
        }

        if (earlier)
        {
            _wakeDriver();
        }
    }

    /// <summary>Takes every owner that is due, earliest first, ties by the order they were set in.</summary>
    public IReadOnlyList<OwnerKey> TakeDue(DateTimeOffset now)
    {
        List<OwnerKey>? taken = null;
        lock (_lock)
        {
            while (_queue.TryPeek(out var owner, out var due) && due <= now.UtcTicks)
            {
                _queue.Dequeue();
                if (_due.TryGetValue(owner, out var current) && current == due)
                {
                    _due.Remove(owner);
                    (taken ??= []).Add(owner);
                }
            }
        }

        return taken ?? [];
    }

    /// <summary>Drops entries that were replaced, so that the head is real.</summary>
    private void Settle()
    {
        while (_queue.TryPeek(out var owner, out var due) && (!_due.TryGetValue(owner, out var current) || current != due))
        {
            _queue.Dequeue();
        }
    }
}
