namespace WaGrains.Domain.Turns;

/// <summary>
/// A time or none in eight bytes, for what is kept a million times or written with each send: a nullable
/// <see cref="DateTimeOffset"/> takes 24. All are UTC.
/// </summary>
internal readonly record struct Instant
{
    // One more than the ticks, so that nothing noted is none.
    private readonly long _ticks;

    private Instant(DateTimeOffset at) => _ticks = at.UtcTicks + 1;

    /// <summary>The time where one is surely noted; the beginning of all times where none is.</summary>
    public DateTimeOffset Value => new(Math.Max(_ticks - 1, 0), TimeSpan.Zero);

    public static implicit operator Instant(DateTimeOffset at) => new(at);

    public static implicit operator Instant(DateTimeOffset? at) => at is { } known ? new(known) : default;

    public static implicit operator DateTimeOffset?(Instant at) => at._ticks == 0 ? null : at.Value;
}
