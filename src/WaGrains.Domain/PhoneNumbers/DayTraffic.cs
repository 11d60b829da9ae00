using WaGrains.Domain.Ids;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What one number did in one UTC day, or so far in it; all counts are of messages unless said otherwise, and
/// 0 or more.</summary>
/// <param name="Sent">Accepted by Meta.</param>
/// <param name="Replied">Contacts that wrote back on that day.</param>
/// <param name="Failed">Of those sent, failed later.</param>
/// <param name="MarketingSent">Of those sent, marketing templates.</param>
/// <param name="MarketingReplied">Contacts that answered one of them.</param>
/// <param name="OptedOut">Contacts that blocked the number or asked to be left alone.</param>
/// <param name="RiskEvents">Risk events told by Meta (131048, 368, quality RED).</param>
public sealed record DayTraffic(
    int Sent,
    int Replied,
    int Failed,
    int MarketingSent,
    int MarketingReplied,
    int OptedOut,
    int RiskEvents)
{
    /// <summary>Conversations whose opt-outs are remembered: a hint is repeated within a minute or so.</summary>
    private const int OptOutsRemembered = 32;

    /// <summary>A day without anything.</summary>
    public static DayTraffic None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>When the day's first marketing message was accepted; null before it.</summary>
    public DateTimeOffset? MarketingSince { get; init; }

    /// <summary>The risk of this traffic that was last acted upon; null for none.</summary>
    public RiskEvent? Told { get; init; }

    /// <summary>The conversations of the newest opt-outs counted, so that a repeated hint counts once; null for
    /// none.</summary>
    public IReadOnlyList<ConversationId>? OptedOutIn { get; init; }

    /// <summary>The risk this traffic shows by itself at this time of the day, or null.</summary>
    public RiskEvent? Risk(DayRules rules, DateTimeOffset now) =>
        RiskOfWholeDay(rules) is not { } risk ? null
        : risk == RiskEvent.UnansweredBurst && now - MarketingSince < Patience(rules) ? null
        : risk;

    /// <summary>The risk this traffic shows once its day is over, or null.</summary>
    public RiskEvent? RiskOfWholeDay(DayRules rules) =>
        Sent >= rules.SentMin && OptedOut > Sent * rules.OptOutRatioMax ? RiskEvent.OptOutRatio
        : MarketingSent >= rules.MarketingBurst
            && MarketingReplied < MarketingSent * rules.MarketingReplyRatioMin ? RiskEvent.UnansweredBurst
        : null;

    /// <summary>Whether the number earned a step on this day.</summary>
    public bool IsGood(DayRules rules) => RiskEvents == 0 && RiskOfWholeDay(rules) is null
        && Sent >= rules.SentMin && Replied >= Sent * rules.ReplyRatioMin && Failed <= Sent * rules.FailedRatioMax;

    /// <summary>Meta has accepted a message.</summary>
    public DayTraffic WithSent(bool isMarketing, DateTimeOffset now) => this with
    {
        Sent = Sent + 1,
        MarketingSent = MarketingSent + (isMarketing ? 1 : 0),
        MarketingSince = isMarketing ? MarketingSince ?? now : MarketingSince,
    };

    /// <summary>A contact wants no more; the same one again changes nothing.</summary>
    public DayTraffic WithOptOut(ConversationId conversation) =>
        OptedOutIn?.Contains(conversation) == true ? this : this with
        {
            OptedOut = OptedOut + 1,
            OptedOutIn = [.. (OptedOutIn ?? []).TakeLast(OptOutsRemembered - 1), conversation],
        };

    private static TimeSpan Patience(DayRules rules) => TimeSpan.FromMinutes(rules.MarketingPatienceMinutes);
}

/// <summary>What drops a number to the recovery rate at once.</summary>
public enum RiskEvent
{
    /// <summary>131048: Meta restricts sending for spam or quality.</summary>
    SpamRestriction = 1,

    /// <summary>368: Meta restricts the account for policy.</summary>
    PolicyBlock = 2,

    /// <summary>Quality rating RED.</summary>
    QualityRed = 3,

    /// <summary>Much marketing, next to no answers.</summary>
    UnansweredBurst = 4,

    /// <summary>Too many blocks and opt-outs.</summary>
    OptOutRatio = 5,
}
