using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace WaGrains.Host.Tests.Silo;

/// <summary>A clock that a test moves, which tells who waits for it and how long.</summary>
internal sealed class TimerClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _made = Channel.CreateUnbounded<TimeSpan>();
    private readonly List<TimeSpan> _all = [];

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_all)
        {
            _all.Add(dueTime);
        }

        _made.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>How often somebody has begun to wait for so long.</summary>
    public int Made(TimeSpan due)
    {
        lock (_all)
        {
            return _all.Count(each => each == due);
        }
    }

    /// <summary>Comes back once somebody more waits for so long.</summary>
    public async Task Makes(TimeSpan due)
    {
        while (await _made.Reader.ReadAsync() != due)
        {
        }
    }
}
