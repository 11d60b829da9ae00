namespace WaGrains.Simulation.Tests.World;

/// <summary>The only clock of a world. It stands still while an event runs, so whatever an event causes happens at one
/// instant.</summary>
internal sealed class SimClock : TimeProvider
{
    private readonly DateTimeOffset _start;

    public SimClock(DateTimeOffset start) => (_start, Now) = (start, start);

    /// <summary>The present.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Seconds since the world began.</summary>
    public double Elapsed => (Now - _start).TotalSeconds;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => (Now - _start).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("A timer would run outside the agenda.");

    public void MoveTo(DateTimeOffset at) => Now = at > Now ? at : Now;
}
