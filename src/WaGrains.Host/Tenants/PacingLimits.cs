using WaGrains.Domain.PhoneNumbers;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Tenants;

/// <summary>Within what bounds a tenant may set its pacing, and everything that is out of them.</summary>
internal static class PacingLimits
{
    private const double PerMinuteMax = 60_000;
    private const double FloorMin = 0.1;
    private const double RecoveryMax = 10;
    private const int EarnedDaysMax = 365;
    private const int SentMinMax = 100_000;
    private const int BurstMax = 1_000_000;
    private const int PatienceMinutesMax = 1_440;
    private const int CapMessagesMax = 30;
    private const int CapDaysMax = 90;

    /// <summary>So long the next message to the same contact waits for an answer in doubt.</summary>
    private const int UnknownAfterMin = 30;

    private const int UnknownAfterMax = 86_400;

    /// <summary>All mistakes; none means that it may be used.</summary>
    public static IReadOnlyList<FieldMistake> Mistakes(PacingRules rules) =>
    [
        .. WarmUp(rules.WarmUp), .. Day(rules.Day), .. Throttling(rules.Throttling),
        .. Unless(
            rules.QuietHours is null || rules.QuietHours.From != rules.QuietHours.To,
            "quiet_hours", "From and to must differ."),
        .. Unless(
            rules.FrequencyCap is null or { Messages: >= 1 and <= CapMessagesMax, Days: >= 1 and <= CapDaysMax },
            "frequency_cap", $"1 to {CapMessagesMax} messages in 1 to {CapDaysMax} days."),
        .. Unless(
            rules.UnknownAfterSeconds is null or >= UnknownAfterMin and <= UnknownAfterMax,
            "unknown_after_seconds", $"{UnknownAfterMin} to {UnknownAfterMax}."),
    ];

    private static IEnumerable<FieldMistake> WarmUp(WarmUpRules rules) =>
    [
        .. Unless(
            rules.RiskPerMinute > 0 && rules.RiskPerMinute <= rules.StartPerMinute,
            "warm_up.risk_per_minute", "Above 0, at most start_per_minute."),
        .. Unless(rules.StartPerMinute is > 0 and <= PerMinuteMax,
            "warm_up.start_per_minute", $"Above 0, at most {PerMinuteMax}."),
        .. Unless(
            rules.EarnedPerMinute >= rules.StartPerMinute,
            "warm_up.earned_per_minute", "At least start_per_minute."),
        .. Unless(rules.EarnedDays is >= 1 and <= EarnedDaysMax, "warm_up.earned_days", $"1 to {EarnedDaysMax}."),
        .. Unless(
            rules.CeilingPerMinute >= rules.EarnedPerMinute && rules.CeilingPerMinute <= PerMinuteMax,
            "warm_up.ceiling_per_minute", $"At least earned_per_minute, at most {PerMinuteMax}."),
        .. Unless(rules.RecoveryPerDay is > 1 and <= RecoveryMax,
            "warm_up.recovery_per_day", $"Above 1, at most {RecoveryMax}."),
    ];

    private static IEnumerable<FieldMistake> Day(DayRules rules) =>
    [
        .. Unless(rules.SentMin is >= 1 and <= SentMinMax, "day.sent_min", $"1 to {SentMinMax}."),
        .. Ratio("day.reply_ratio_min", rules.ReplyRatioMin),
        .. Ratio("day.failed_ratio_max", rules.FailedRatioMax),
        .. Ratio("day.opt_out_ratio_max", rules.OptOutRatioMax),
        .. Unless(rules.MarketingBurst is >= 1 and <= BurstMax, "day.marketing_burst", $"1 to {BurstMax}."),
        .. Ratio("day.marketing_reply_ratio_min", rules.MarketingReplyRatioMin),
        .. Unless(
            rules.MarketingPatienceMinutes is >= 0 and <= PatienceMinutesMax,
            "day.marketing_patience_minutes", $"0 to {PatienceMinutesMax}."),
    ];

    private static IEnumerable<FieldMistake> Throttling(ThrottleRules rules) =>
    [
        .. Unless(rules.FloorPerMinute is >= FloorMin and <= PerMinuteMax,
            "throttling.floor_per_minute", $"{FloorMin} to {PerMinuteMax}."),
        .. Unless(rules.StepRatio is > 0 and <= 1, "throttling.step_ratio", "Above 0, at most 1."),
    ];

    private static IEnumerable<FieldMistake> Ratio(string param, double ratio) =>
        Unless(ratio is >= 0 and <= 1, param, "0 to 1.");

    private static IEnumerable<FieldMistake> Unless(bool right, string param, string rule) =>
        right ? [] : [new FieldMistake($"pacing.{param}", "out_of_range", rule)];
}
