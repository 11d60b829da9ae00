using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Errors;

/// <summary>What one of Meta's errors means for us: one row of <see cref="ErrorTable"/>.</summary>
/// <param name="Code">Meta's code, or the first of a range.</param>
/// <param name="Reason">Our stable snake_case word for it.</param>
/// <param name="Source">Where Meta says so: page and date.</param>
public sealed record ErrorPolicy(int Code, string Reason, string Source)
{
    /// <summary>The last code of the range; the code itself where the row is about one.</summary>
    public int UpTo { get; init; } = Code;

    /// <summary>What becomes of the message that met it.</summary>
    public MessageFate Message { get; init; } = MessageFate.Fails;

    /// <summary>When a message is tried again, for <see cref="MessageFate.Retried"/>.</summary>
    public RetryRule Retry { get; init; } = RetryRule.Never;

    /// <summary>What else is stopped by it.</summary>
    public ErrorReach Stops { get; init; }

    /// <summary>For how long; null: until <see cref="Lift"/> says so.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>What lifts the stop.</summary>
    public PaceLift Lift { get; init; }

    /// <summary>Whether the number slows down: its rate is halved and it holds its breath.</summary>
    public bool Slows { get; init; }

    /// <summary>Whether it is a risk event of the number: down to the recovery rate at once.</summary>
    public bool IsRisk { get; init; }

    /// <summary>What people are told; null where nobody needs to know.</summary>
    public ErrorAlert? Alert { get; init; }

    /// <summary>The stable word of the alert, by what is stopped.</summary>
    public string AlertKind => Stops switch
    {
        ErrorReach.Template => "template_stopped",
        ErrorReach.AccountMarketing or ErrorReach.Account => "account_stopped",
        ErrorReach.Number when IsRisk => "number_risk",
        ErrorReach.Number => "number_stopped",
        ErrorReach.Nothing or ErrorReach.Message or ErrorReach.Recipient or ErrorReach.RecipientMarketing =>
            "send_failed",
    };
}

/// <summary>An alert that an error raises.</summary>
/// <param name="Severity">How soon somebody should look.</param>
/// <param name="Text">A sentence for people: what is stopped, and what lifts it.</param>
public sealed record ErrorAlert(AlertSeverity Severity, string Text);

/// <summary>What an error stops, besides letting the message fail.</summary>
public enum ErrorReach
{
    /// <summary>Nothing: the message is tried again.</summary>
    Nothing = 0,

    /// <summary>This message alone.</summary>
    Message = 1,

    /// <summary>This recipient on this number.</summary>
    Recipient = 2,

    /// <summary>This recipient on this number, for marketing.</summary>
    RecipientMarketing = 3,

    /// <summary>This template in this language, for all numbers of the account.</summary>
    Template = 4,

    /// <summary>Everything of this number.</summary>
    Number = 5,

    /// <summary>Marketing of all numbers of the account.</summary>
    AccountMarketing = 6,

    /// <summary>Everything of all numbers of the account.</summary>
    Account = 7,
}

/// <summary>What becomes of a message that Meta refuses, or that meets a stop.</summary>
public enum MessageFate
{
    /// <summary>It fails, with Meta's code.</summary>
    Fails = 0,

    /// <summary>It is tried again by the clock, within its budget.</summary>
    Retried = 1,

    /// <summary>It waits in the queue until the stop is lifted; its deadline runs.</summary>
    Waits = 2,
}
