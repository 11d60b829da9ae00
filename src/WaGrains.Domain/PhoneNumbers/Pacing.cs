using System.Text.Json.Serialization;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// The fast loop, in seconds: how fast Meta lets one number send now. A throttled attempt (130429, 80007, 4, any 429)
/// halves the rate, each accepted one raises it by a step of the ceiling: quickly up to four fifths of the rate that
/// was refused, then along a cubic in time that is back at that rate after 20 s, lingers there, and soon after goes far
/// beyond it. So a limit that stays lower costs one refusal in some 20 s and little of its rate, and one that is lifted
/// is found within two minutes.
/// </summary>
/// <remarks>The curve is TCP CUBIC's (RFC 9438, section 4.2), with our own constants. Steps alone, whatever their size,
/// met a limit that stays lower every other second.</remarks>
/// <param name="PerMinute">Messages per minute, any fraction, never above <paramref name="Ceiling"/>.</param>
/// <param name="Floor">Throttling never goes below this, messages per minute.</param>
/// <param name="Ceiling">What Meta's level grants, messages per minute.</param>
/// <param name="LoweredAt">When it was last halved; null if never.</param>
[method: JsonConstructor]
public readonly record struct Pacing(double PerMinute, double Floor, double Ceiling, DateTimeOffset? LoweredAt)
{
    /// <summary>What is taken at once of the rate that was refused, before it is approached with care.</summary>
    private const double QuickPart = 0.8;

    private static readonly TimeSpan BackAfter = TimeSpan.FromSeconds(20);

    private readonly Instant _loweredAt = LoweredAt;
    private readonly double _refusedPerMinute;

    /// <summary>When it was last halved; null if never.</summary>
    public DateTimeOffset? LoweredAt
    {
        get => _loweredAt;
        init => _loweredAt = value;
    }

    /// <summary>The rate at which it was last halved, messages per minute; null where it was not, is back at its
    /// ceiling, or that was not noted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RefusedPerMinute
    {
        get => _refusedPerMinute > 0 ? _refusedPerMinute : null;
        init => _refusedPerMinute = value ?? 0;
    }

    /// <summary>Whether throttling is what holds the rate below its ceiling.</summary>
    [JsonIgnore]
    public bool IsThrottled => PerMinute < Ceiling;

    /// <summary>A number that has not been throttled.</summary>
    public static Pacing Unthrottled(double floor, double ceiling) => new(ceiling, floor, ceiling, null);

    /// <summary>Meta accepted an attempt.</summary>
    /// <param name="stepRatio">How much of the ceiling that gives back at most, above 0 to 1.</param>
    /// <param name="now">When the answer came.</param>
    public Pacing OnAccepted(double stepRatio, DateTimeOffset now)
    {
        if (!IsThrottled)
        {
            return this;
        }

        var stepped = Math.Min(PerMinute + (Ceiling * stepRatio), MostAt(now));
        var next = Math.Min(Ceiling, Math.Max(PerMinute, stepped));
        return this with { PerMinute = next, RefusedPerMinute = next < Ceiling ? RefusedPerMinute : null };
    }

    /// <summary>
    /// Meta throttled an attempt. Attempts that were under way when the rate was last halved were made at the old rate:
    /// they do not halve again.
    /// </summary>
    /// <param name="started">When the attempt started.</param>
    /// <param name="now">When the answer came.</param>
    public Pacing OnThrottled(DateTimeOffset started, DateTimeOffset now) => started <= LoweredAt
        ? this
        : this with
        {
            PerMinute = Math.Min(PerMinute, Math.Max(Floor, PerMinute / 2)),
            LoweredAt = now,
            RefusedPerMinute = PerMinute,
        };

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

    private double MostAt(DateTimeOffset now)
    {
        if (RefusedPerMinute is not { } refused || LoweredAt is not { } lowered)
        {
            return double.MaxValue;
        }

        var fromBack = ((now - lowered) / BackAfter) - 1;
        return refused * (1 + ((1 - QuickPart) * fromBack * fromBack * fromBack));
    }
}
