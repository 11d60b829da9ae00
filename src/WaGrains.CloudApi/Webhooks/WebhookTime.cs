namespace WaGrains.CloudApi.Webhooks;

/// <summary>
/// A time in a webhook. A pure function of what Meta wrote and of nothing else: a repeated webhook must give the same
/// time, since the time is
/// part of the message's key.
/// </summary>
/// <param name="At">Whole seconds, between <see cref="Earliest"/> and <see cref="Latest"/>.</param>
/// <param name="WasClamped">Whether Meta's value lay outside and was moved to the nearest bound.</param>
public readonly record struct WebhookTime(DateTimeOffset At, bool WasClamped)
{
    // Seconds reach 10^11 in the year 5138, milliseconds did in 1973; microseconds reach 10^14 in 1973 as well.
    private const long SmallestMillis = 100_000_000_000;
    private const long SmallestMicros = 100_000_000_000_000;

    /// <summary>2009-01-01: there was no WhatsApp before.</summary>
    public static DateTimeOffset Earliest { get; } = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>2100-01-01: later ones are not times.</summary>
    public static DateTimeOffset Latest { get; } = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Reads Unix seconds, or milliseconds or microseconds where Meta slips; fractions of a second are cut off.
    /// </summary>
    public static WebhookTime FromUnix(long value)
    {
        var seconds = value switch
        {
            >= SmallestMicros => value / 1_000_000,
            >= SmallestMillis => value / 1_000,
            _ => value,
        };
        var kept = Math.Clamp(seconds, Earliest.ToUnixTimeSeconds(), Latest.ToUnixTimeSeconds());
        return new WebhookTime(DateTimeOffset.FromUnixTimeSeconds(kept), kept != seconds);
    }
}
