using System.Text.Json.Serialization;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// The slow loop, in UTC days: how fast a number has earned to send. With the usual <see cref="WarmUpRules"/> it starts
/// at 20/min; each good day is worth 5/7 per minute, so 56 of them, eight weeks, give 60/min and 140 give 120/min, the
/// most. A risk event drops it to 5/min at once and costs half of the good days; each good day after that raises the
/// recovery rate by 15 % until it meets what the remaining good days are worth: 10 days at the least, 16 for a number
/// that had 70/min. YELLOW quality holds everything where it is; a day with little traffic counts neither way.
/// </summary>
/// <param name="GoodDays">Good days to the number's credit, 0 to what the rules' ceiling is worth.</param>
/// <param name="RecoveryDays">Good days since the last risk event; null when the number has recovered.</param>
/// <param name="Hold">Whether the last decided day held the rate for quality.</param>
/// <param name="Decided">The last UTC day that was decided; it is never decided again.</param>
/// <param name="Since">Since when the rate is what it is.</param>
public sealed record WarmUp(int GoodDays, int? RecoveryDays, WarmUpHold Hold, DateOnly Decided, DateTimeOffset Since)
{
    /// <summary>What the number has earned, messages per minute, before its plan is asked.</summary>
    public double PerMinute(WarmUpRules rules)
    {
        var earned = rules.Earned(GoodDays);
        return RecoveryDays is { } days ? Math.Min(rules.Recovered(days), earned) : earned;
    }

    /// <summary>A number whose first day of sending begins at <paramref name="now"/>.</summary>
    public static WarmUp Begin(DateTimeOffset now) =>
        new(0, null, WarmUpHold.None, DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1), now);

    /// <summary>
    /// A risk event, at once. Further ones before the next good day belong to the same trouble and cost nothing more.
    /// </summary>
    public WarmUp OnRisk(DateTimeOffset now) =>
        RecoveryDays == 0 ? this : this with
        {
            GoodDays = GoodDays / 2,
            RecoveryDays = 0,
            Hold = WarmUpHold.None,
            Since = now,
        };

    /// <summary>Closes a day. A day that is already decided, or lies before one, changes nothing, so a repeat is
    /// harmless.</summary>
    /// <param name="day">A UTC day that is over.</param>
    /// <param name="traffic">What the number did in it.</param>
    /// <param name="quality">Meta's rating at its end.</param>
    /// <param name="rules">The tenant's rules.</param>
    public WarmUp Decide(DateOnly day, DayTraffic traffic, QualityRating quality, PacingRules rules)
    {
        if (day <= Decided)
        {
            return this;
        }

        var end = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        var open = this with { Decided = day, Hold = WarmUpHold.None };
        var atRisk = traffic.RiskEvents > 0 || traffic.RiskOfWholeDay(rules.Day) is not null;
        var next = quality switch
        {
            QualityRating.Red => open.OnRisk(end),
            QualityRating.Yellow => atRisk ? open.OnRisk(end) : open with { Hold = WarmUpHold.Yellow },
            QualityRating.Green or QualityRating.Unknown =>
                atRisk ? open.OnRisk(end) : traffic.IsGood(rules.Day) ? open.Step(rules.WarmUp) : open,
        };
        var isSameRate = next.PerMinute(rules.WarmUp).Equals(PerMinute(rules.WarmUp));
        return next with { Since = isSameRate ? Since : end };
    }

    /// <summary>This loop's say in the effective rate. Days are judged at midnight UTC, so no lift comes
    /// before.</summary>
    public PaceTerm Term(WarmUpRules rules, DateTimeOffset now) => new(
        PaceReason.WarmUp,
        PerMinute(rules),
        Since,
        Hold == WarmUpHold.Yellow ? PaceLift.QualityGreen
            : RecoveryDays is null ? PaceLift.GoodDays
            : PaceLift.CleanDays)
    {
        Until = PerMinute(rules) < rules.CeilingPerMinute
            ? new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero)
            : null,
    };

    private WarmUp Step(WarmUpRules rules) => RecoveryDays is not { } days
        ? this with { GoodDays = Math.Min(rules.GoodDaysMax, GoodDays + 1) }
        : this with { RecoveryDays = rules.Recovered(days + 1) < rules.Earned(GoodDays) ? days + 1 : null };
}

/// <summary>Why a number's warm-up stands still.</summary>
public enum WarmUpHold
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Meta rates the number YELLOW.</summary>
    Yellow = 1,
}
