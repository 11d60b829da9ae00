using System.Text.Json.Serialization;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// The fast loop, in seconds: how fast Meta lets one number send now. A throttled attempt (130429, 80007, 4, any 429)
/// halves the rate, each accepted one raises it by a step of the ceiling.
/// </summary>
/// <param name="PerMinute">Messages per minute, any fraction, never above <paramref name="Ceiling"/>.</param>
/// <param name="Floor">Throttling never goes below this, messages per minute.</param>
/// <param name="Ceiling">What Meta's level grants, messages per minute.</param>
/// <param name="LoweredAt">When it was last halved; null if never.</param>
[method: JsonConstructor]
public readonly record struct Pacing(double PerMinute, double Floor, double Ceiling, DateTimeOffset? LoweredAt)
{
    /// <summary>Whether throttling is what holds the rate below its ceiling.</summary>
    [JsonIgnore]
    public bool IsThrottled => PerMinute < Ceiling;

    /// <summary>A number that has not been throttled.</summary>
    public static Pacing Unthrottled(double floor, double ceiling) => new(ceiling, floor, ceiling, null);

    /// <summary>Meta accepted an attempt.</summary>
    /// <param name="stepRatio">How much of the ceiling that gives back, above 0 to 1.</param>
    public Pacing OnAccepted(double stepRatio) =>
        IsThrottled ? this with { PerMinute = Math.Min(Ceiling, PerMinute + (Ceiling * stepRatio)) } : this;

    /// <summary>
    /// Meta throttled an attempt. Attempts that were under way when the rate was last halved were made at the old rate:
    /// they do not halve again.
    /// </summary>
    /// <param name="started">When the attempt started.</param>
    /// <param name="now">When the answer came.</param>
    public Pacing OnThrottled(DateTimeOffset started, DateTimeOffset now) => started <= LoweredAt
        ? this
        : this with { PerMinute = Math.Min(PerMinute, Math.Max(Floor, PerMinute / 2)), LoweredAt = now };

    /// <summary>Another ceiling: a number that is not throttled moves with it, a throttled one keeps its rate where
    /// that is lower.</summary>
    public Pacing WithCeiling(double ceiling) => this with
    {
        Ceiling = ceiling,
        PerMinute = IsThrottled ? Math.Min(PerMinute, ceiling) : ceiling,
    };

    /// <summary>This loop's say in the effective rate.</summary>
    /// <param name="began">When the number began to send: the answer to "since when" where nothing was ever
    /// throttled.</param>
    public PaceTerm Term(DateTimeOffset began) =>
        new(PaceReason.Throttled, PerMinute, LoweredAt ?? began, PaceLift.AcceptedMessages);
}
