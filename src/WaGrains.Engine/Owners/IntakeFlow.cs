namespace WaGrains.Engine.Owners;

/// <summary>How one number's webhooks flow: how much comes in, and for how long it has been coming without a stop.
/// Immutable.</summary>
/// <param name="Healthy">Time during which webhooks followed one another closely: the clock that ends a doubt (MUST
/// W1).</param>
/// <param name="LastAt">The newest webhook.</param>
/// <param name="MinuteAt">Start of the minute being counted.</param>
/// <param name="InMinute">Messages in it so far.</param>
/// <param name="LastMinute">Messages in the minute before.</param>
internal sealed record IntakeFlow(
    TimeSpan Healthy, DateTimeOffset LastAt, DateTimeOffset MinuteAt, int InMinute, int LastMinute)
{
    /// <summary>Webhooks further apart than this were perhaps not flowing: the time between them proves
    /// nothing.</summary>
    private static readonly TimeSpan GapMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IntakeFlow Begin(int messages, DateTimeOffset now) => new(TimeSpan.Zero, now, now, messages, 0);

    public IntakeFlow With(int messages, DateTimeOffset now)
    {
        var gap = now - LastAt;
        var healthy = gap > TimeSpan.Zero && gap <= GapMax ? Healthy + gap : Healthy;
        return now - MinuteAt < Minute
            ? this with { Healthy = healthy, LastAt = now, InMinute = InMinute + messages }
            : new IntakeFlow(healthy, now, now, messages, now - MinuteAt < 2 * Minute ? InMinute : 0);
    }

    /// <summary>Messages per minute, by the last full minute and what has come since.</summary>
    public double PerMinute(DateTimeOffset now) => now - MinuteAt > 2 * Minute ? 0 : Math.Max(InMinute, LastMinute);
}
