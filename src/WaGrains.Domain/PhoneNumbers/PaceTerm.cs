namespace WaGrains.Domain.PhoneNumbers;

/// <summary>One limit on a number's rate, with what a person needs to understand it.</summary>
/// <param name="Reason">Which limit.</param>
/// <param name="PerMinute">What it allows, messages per minute: above 0 for a rate, 0 for a hold.</param>
/// <param name="Since">Since when it allows just that.</param>
/// <param name="Lift">What would raise it.</param>
public readonly record struct PaceTerm(PaceReason Reason, double PerMinute, DateTimeOffset Since, PaceLift Lift)
{
    /// <summary>When it is lifted at the earliest; null where no time does it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why, a stable snake_case word; null where the reason says it all.</summary>
    public string? Detail { get; init; }
}

/// <summary>The limits on a number's rate; where two allow the same, the lower number is named.</summary>
public enum PaceReason
{
    /// <summary>The slow loop: the number has not earned more yet, or lost it.</summary>
    WarmUp = 1,

    /// <summary>Meta's throughput level, inbound counted.</summary>
    ThroughputLevel = 2,

    /// <summary>The tenant's plan.</summary>
    Plan = 3,

    /// <summary>The fast loop: Meta has throttled it. Last, for at its ceiling it is not the loop that binds.</summary>
    Throttled = 4,

    /// <summary>Nothing leaves for a while: Meta has asked to wait.</summary>
    Held = 5,

    /// <summary>Nothing leaves until an operator resumes it: somebody has paused it.</summary>
    Paused = 6,

    /// <summary>Nothing leaves until an operator resumes it: Meta refuses the number.</summary>
    Stopped = 7,

    /// <summary>Nothing leaves of any number of the account: Meta refuses the account.</summary>
    AccountStopped = 8,

    /// <summary>Messages to people outside their service windows wait: the portfolio's messaging limit is used
    /// up. Replies go on.</summary>
    PortfolioBudget = 9,
}

/// <summary>What raises a limit.</summary>
public enum PaceLift
{
    /// <summary>Further good days.</summary>
    GoodDays = 1,

    /// <summary>Days of clean traffic after a risk event.</summary>
    CleanDays = 2,

    /// <summary>Meta's quality rating back at green.</summary>
    QualityGreen = 3,

    /// <summary>Messages that Meta accepts.</summary>
    AcceptedMessages = 4,

    /// <summary>A higher throughput level, which Meta grants by itself.</summary>
    HigherLevel = 5,

    /// <summary>Another plan.</summary>
    PlanChange = 6,

    /// <summary>The time alone.</summary>
    Time = 7,

    /// <summary>An operator's word.</summary>
    Operator = 8,

    /// <summary>A fresh access token, or an operator's word.</summary>
    NewToken = 9,

    /// <summary>Meta's word by webhook, or an operator's.</summary>
    Meta = 10,

    /// <summary>The contact, by asking for it.</summary>
    Contact = 11,
}
