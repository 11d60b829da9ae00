namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What a tenant may set of how its numbers are paced. Every default is what a tenant gets that sets
/// nothing.</summary>
public sealed record PacingRules
{
    /// <summary>What a tenant gets that sets nothing.</summary>
    public static PacingRules Default { get; } = new();

    /// <summary>The slow loop: how quality earns rate, over days.</summary>
    public WarmUpRules WarmUp { get; init => field = value ?? new WarmUpRules(); } = new();

    /// <summary>What makes a day good, and what makes it a risk.</summary>
    public DayRules Day { get; init => field = value ?? new DayRules(); } = new();

    /// <summary>The fast loop: what Meta's throttling takes, over seconds.</summary>
    public ThrottleRules Throttling { get; init => field = value ?? new ThrottleRules(); } = new();

    /// <summary>When no marketing leaves; null for never.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>How much marketing one contact gets at most; null for no such bound.</summary>
    public FrequencyCap? FrequencyCap { get; init; }

    /// <summary>A send of which nobody has heard is called unknown, or sent again, after so many seconds of flowing
    /// webhooks; 30 to 86,400; null for 600.</summary>
    /// <remarks>Not written where it is the default: a program from before it reads such rows too.</remarks>
    [System.Text.Json.Serialization.JsonIgnore(Condition =
        System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public int? UnknownAfterSeconds { get; init => field = value == UnknownAfterDefault ? null : value; }

    /// <summary>The same as a time.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan UnknownAfter => TimeSpan.FromSeconds(UnknownAfterSeconds ?? UnknownAfterDefault);

    private const int UnknownAfterDefault = 600;
}

/// <summary>How quality earns rate (design 7.1). All rates are messages per minute.</summary>
/// <param name="StartPerMinute">Where a number starts; above 0.</param>
/// <param name="EarnedPerMinute">What it has after <paramref name="EarnedDays"/> good days, and rises on at that
/// slope; at least the start.</param>
/// <param name="EarnedDays">Good days for that, 1 to 365.</param>
/// <param name="CeilingPerMinute">The most it can earn; at least <paramref name="EarnedPerMinute"/>, at most
/// 60,000.</param>
/// <param name="RiskPerMinute">What a risk event leaves; above 0, at most the start.</param>
/// <param name="RecoveryPerDay">What each good day after a risk event multiplies the rate with; above 1, at most
/// 10.</param>
public sealed record WarmUpRules(
    double StartPerMinute = 20,
    double EarnedPerMinute = 60,
    int EarnedDays = 56,
    double CeilingPerMinute = 120,
    double RiskPerMinute = 5,
    double RecoveryPerDay = 1.15)
{
    /// <summary>Good days that count: with so many the ceiling is reached.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int GoodDaysMax => EarnedPerMinute > StartPerMinute
        ? (int)Math.Min(
            Math.Ceiling((CeilingPerMinute - StartPerMinute) * EarnedDays / (EarnedPerMinute - StartPerMinute)),
            GoodDaysBound)
        : EarnedDays;

    // Ten years: no slope is so flat that more days would be told apart.
    private const double GoodDaysBound = 3_650;

    /// <summary>What so many good days are worth, messages per minute; never above the ceiling.</summary>
    public double Earned(int goodDays) =>
        // Multiplied before divided: the full number of days is worth exactly what the rule says.
        goodDays >= GoodDaysMax && EarnedPerMinute > StartPerMinute
            ? CeilingPerMinute
            : Math.Min(
                CeilingPerMinute,
                StartPerMinute + (goodDays * (EarnedPerMinute - StartPerMinute) / EarnedDays));

    /// <summary>What a number has so many good days after a risk event, before it is held against what it had
    /// earned.</summary>
    public double Recovered(int days) => RiskPerMinute * Math.Pow(RecoveryPerDay, days);
}

/// <summary>What makes a day good, and what makes it a risk. Our choice, all of it: Meta publishes no
/// thresholds.</summary>
/// <param name="SentMin">A day says something about a number only from so many messages on; 1 to 100,000.</param>
/// <param name="ReplyRatioMin">A good day has at least so many replying contacts per message sent; 0 to 1.</param>
/// <param name="FailedRatioMax">A good day has at most so many failures per message sent; 0 to 1.</param>
/// <param name="OptOutRatioMax">Above so many opt-outs per message sent people do not want what the number sends; 0 to
/// 1.</param>
/// <param name="MarketingBurst">From so many marketing messages on, silence is a signal; 1 to 1,000,000.</param>
/// <param name="MarketingReplyRatioMin">Such a burst with fewer answers per message is unanswered; 0 to 1.</param>
/// <param name="MarketingPatienceMinutes">A burst is judged so long after the day's first marketing message at the
/// earliest, for people take a while to answer; 0 to 1,440. The end of the day judges it in any case.</param>
public sealed record DayRules(
    int SentMin = 20,
    double ReplyRatioMin = 0.1,
    double FailedRatioMax = 0.1,
    double OptOutRatioMax = 0.03,
    int MarketingBurst = 200,
    double MarketingReplyRatioMin = 0.01,
    int MarketingPatienceMinutes = 10);

/// <summary>What Meta's throttling takes from a number and how it comes back.</summary>
/// <param name="FloorPerMinute">It never takes more than down to this; messages per minute, 0.1 to 60,000.</param>
/// <param name="StepRatio">Each message that Meta accepts gives so much of the ceiling back; above 0, at most
/// 1.</param>
public sealed record ThrottleRules(double FloorPerMinute = 1, double StepRatio = 0.01);

/// <summary>When no marketing leaves, by the recipient's own clock; over midnight where it ends before it
/// begins.</summary>
/// <param name="From">From then on.</param>
/// <param name="To">Until then; another time than <paramref name="From"/>.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>When the quiet that holds at this moment ends; null where none holds.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="zone">Where the recipient is.</param>
    public DateTimeOffset? EndsAt(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (!time.IsBetween(From, To))
        {
            return null;
        }

        var day = DateOnly.FromDateTime(local.DateTime);
        var ends = At(time < To ? day : day.AddDays(1), To, zone);
        return ends > now ? ends : null;
    }

    /// <summary>When the next quiet begins.</summary>
    /// <param name="now">A moment at which none holds.</param>
    /// <param name="zone">Where the recipient is.</param>
    public DateTimeOffset BeginsAt(DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var begins = At(day, From, zone);
        return begins > now ? begins : At(day.AddDays(1), From, zone);
    }

    private static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);

        // A time the clocks jump over does not exist: the first one after it does.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>How much marketing one contact gets at most, of each number.</summary>
/// <param name="Messages">So many, 1 to 30,</param>
/// <param name="Days">in any so many days of 24 hours, 1 to 90.</param>
public sealed record FrequencyCap(int Messages, int Days);
