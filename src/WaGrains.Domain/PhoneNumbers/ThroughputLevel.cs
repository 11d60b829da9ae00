namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// How much Meta lets one number move, messages per second, inbound and outbound together
/// (Meta, page "Throughput", updated 2025-11-21).
/// </summary>
public enum ThroughputLevel
{
    /// <summary>20/s, fixed: the number is used with the phone app as well.</summary>
    Coexistence = 1,

    /// <summary>80/s: every other number, until Meta upgrades it.</summary>
    Standard = 2,

    /// <summary>1,000/s.</summary>
    High = 3,
}

/// <summary>What a level is worth.</summary>
public static class Throughput
{
    /// <summary>An outbound share is kept however much comes in, or a flood of inbound would silence the number: a
    /// twentieth of the level.</summary>
    private const double OutboundShareMin = 0.05;

    /// <summary>Messages per minute of the whole level.</summary>
    public static double PerMinute(this ThroughputLevel level) => 60 * level switch
    {
        ThroughputLevel.Coexistence => 20,
        ThroughputLevel.Standard => 80,
        ThroughputLevel.High => 1000,
    };

    /// <summary>What is left for sending, messages per minute.</summary>
    /// <param name="level">The number's level.</param>
    /// <param name="inboundPerMinute">What the number receives now.</param>
    /// <param name="since">Since when that is so.</param>
    public static PaceTerm Term(this ThroughputLevel level, double inboundPerMinute, DateTimeOffset since) => new(
        PaceReason.ThroughputLevel,
        Math.Max(level.PerMinute() * OutboundShareMin, level.PerMinute() - inboundPerMinute),
        since,
        PaceLift.HigherLevel);
}
