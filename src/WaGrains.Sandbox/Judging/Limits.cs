namespace WaGrains.Sandbox.Judging;

/// <summary>At most <paramref name="most"/> happenings in any window; times must not go backwards.</summary>
internal sealed class SlidingCount(int most, TimeSpan window)
{
    private readonly Queue<long> _recent = new();

    public int Most { get; set; } = most;

    public bool IsFull(DateTimeOffset now)
    {
        while (_recent.TryPeek(out var oldest) && now.UtcTicks - oldest >= window.Ticks)
        {
            _recent.Dequeue();
        }

        return _recent.Count >= Most;
    }

    public void Add(DateTimeOffset now) => _recent.Enqueue(now.UtcTicks);
}

/// <summary>Meta's pair limit as the bucket that fits its text: 45 at once, one more every 6 s (facts 4.2).</summary>
internal sealed class PairBucket
{
    /// <summary>Messages one pair may exchange at once after a silence: Meta's burst of 45 (facts 4.2).</summary>
    public const int Capacity = 45;

    /// <summary>Time after which one more is allowed: Meta's one message per pair every 6 s (facts 4.2).</summary>
    public static readonly TimeSpan Refill = TimeSpan.FromSeconds(6);

    private long _fullAgainAt;

    public bool TryTake(DateTimeOffset now, TimeSpan tolerance)
    {
        var burst = (Capacity - 1) * Refill.Ticks + tolerance.Ticks;
        if (now.UtcTicks < _fullAgainAt - burst)
        {
            return false;
        }

        _fullAgainAt = Math.Max(now.UtcTicks, _fullAgainAt) + Refill.Ticks;
        return true;
    }
}

/// <summary>
/// Whether a number kept the rate its owner agreed to. Nothing is refused here; each request is judged once against
/// every 60 s window that ends with it, and against its own slot (GCRA without burst).
/// </summary>
internal sealed class ContractJudge(double perMinute, TimeSpan tolerance)
{
    private readonly Queue<long> _recent = new();
    private readonly int _windowMost = (int)Math.Ceiling(perMinute);
    private readonly long _gapTicks = perMinute > 0 ? (long)(TimeSpan.TicksPerMinute / perMinute) : 0;
    private long _nextSlot;

    public ContractBreach Judge(DateTimeOffset now)
    {
        if (perMinute <= 0)
        {
            return ContractBreach.None;
        }

        var ticks = now.UtcTicks;
        var crowded = _recent.Count == _windowMost
            && ticks - _recent.Peek() < TimeSpan.TicksPerMinute - tolerance.Ticks;
        if (_recent.Count == _windowMost)
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(ticks);
        var early = ticks < _nextSlot - tolerance.Ticks;
        if (!early)
        {
            _nextSlot = Math.Max(ticks, _nextSlot) + _gapTicks;
        }

        return (crowded ? ContractBreach.Window : ContractBreach.None) | (early ? ContractBreach.Spacing : 0);
    }
}

/// <summary>In which sense a request broke the agreed rate; both at once are one violation.</summary>
[Flags]
internal enum ContractBreach
{
    None = 0,
    Window = 1,
    Spacing = 2,
}
