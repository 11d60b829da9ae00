using System.Text.Json.Serialization;

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
    /// <summary>A day says something about a number only above this; messages. Our choice.</summary>
    public const int SentMin = 20;

    /// <summary>A good day has at least this many replying contacts per message sent. Our choice.</summary>
    public const double ReplyRatioMin = 0.1;

    /// <summary>A good day has at most this many failures per message sent. Our choice.</summary>
    public const double FailedRatioMax = 0.1;

    /// <summary>Above this many opt-outs per message sent, people do not want what the number sends. Our
    /// choice.</summary>
    public const double OptOutRatioMax = 0.03;

    /// <summary>From so many marketing messages on, silence is a signal; messages. Our choice.</summary>
    public const int MarketingBurst = 200;

    /// <summary>A burst of marketing with fewer answers than this per message is unanswered. Our choice.</summary>
    public const double MarketingReplyRatioMin = 0.01;

    /// <summary>A day without anything.</summary>
    public static DayTraffic None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>The risk this traffic shows by itself, or null; may be asked at any time of the day.</summary>
    [JsonIgnore]
    public RiskEvent? Risk =>
        Sent >= SentMin && OptedOut > Sent * OptOutRatioMax ? RiskEvent.OptOutRatio
        : MarketingSent >= MarketingBurst && MarketingReplied < MarketingSent * MarketingReplyRatioMin
            ? RiskEvent.UnansweredBurst
        : null;

    /// <summary>Whether the number earned a step on this day.</summary>
    [JsonIgnore]
    public bool IsGood => RiskEvents == 0 && Risk is null
        && Sent >= SentMin && Replied >= Sent * ReplyRatioMin && Failed <= Sent * FailedRatioMax;
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
