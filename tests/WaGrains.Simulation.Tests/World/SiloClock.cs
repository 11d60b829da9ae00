namespace WaGrains.Simulation.Tests.World;

/// <summary>A silo's own clocks: its wall clock is off by a constant, its monotonic clock counts from somewhere
/// else.</summary>
/// <param name="world">The world's time.</param>
/// <param name="off">How far its wall clock is ahead.</param>
internal sealed class SiloClock(SimClock world, TimeSpan off) : TimeProvider
{
    private static readonly long Begun = TimeSpan.FromHours(7).Ticks;

    public DateTimeOffset Now => world.Now + off;

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => world.GetTimestamp() + Begun + off.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        world.CreateTimer(callback, state, dueTime, period);
}
