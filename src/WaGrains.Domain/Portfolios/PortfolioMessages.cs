using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Portfolios;

/// <summary>What a portfolio may be told.</summary>
public abstract record PortfolioMessage : OwnerMessage;

/// <summary>A number will soon send these, to people whose windows are closed. Asking again is free.</summary>
/// <param name="Number">Who asks, and is answered.</param>
/// <param name="Wishes">What it wants to send, in order.</param>
public sealed record AskBudget(PhoneNumberId Number, IReadOnlyList<BudgetWish> Wishes) : PortfolioMessage;

/// <summary>A message that needs budget.</summary>
public readonly record struct BudgetWish(MessageId Message, ContactId Contact);

/// <summary>These will not be sent, or need no budget any more.</summary>
public sealed record GiveBackBudget(IReadOnlyList<MessageId> Messages) : PortfolioMessage;

/// <summary>What the archive says of messages whose budget is held.</summary>
public sealed record TellFates(IReadOnlyList<BudgetFate> Fates) : PortfolioMessage;

/// <summary>How far a message has come.</summary>
public readonly record struct BudgetFate(MessageId Message, MessageStatus Status, DateTimeOffset At);

/// <summary>A number belongs to this portfolio.</summary>
public sealed record JoinPortfolio(PhoneNumberId Number) : PortfolioMessage;

/// <summary>Somebody tells the portfolio's limit.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Cause">Who: webhook, number_read, operator.</param>
/// <param name="Idempotency">The caller's key, if it gave one.</param>
public sealed record SetMessagingLimit(MessagingLimit Limit, string Cause, IdempotencyKey? Idempotency)
    : PortfolioMessage;

/// <summary>Meta has refused a message for the limit, though there was budget for it.</summary>
/// <param name="Number">Whose message.</param>
/// <param name="Code">Meta's code.</param>
/// <param name="Wait">For how long nobody new is written to.</param>
public sealed record ReportLimitHit(PhoneNumberId Number, int Code, TimeSpan Wait) : PortfolioMessage;

/// <summary>Reads it.</summary>
public sealed record ReadPortfolio : PortfolioMessage
{
    /// <summary>The one instance worth having.</summary>
    public static readonly ReadPortfolio Message = new();
}

/// <summary>How a portfolio stands.</summary>
/// <param name="State">Its row.</param>
/// <param name="Counted">People who were written to and count now.</param>
/// <param name="Held">People, beside those, for whom budget is held: messages to them wait, or are on their
/// way.</param>
/// <param name="NextExpiry">When the next of them ceases to count; null where none does.</param>
public sealed record PortfolioView(PortfolioState State, int Counted, int Held, DateTimeOffset? NextExpiry) : Reply
{
    /// <summary>How many new people may be written to; null where there is no limit, or none is known.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int? Unused => State.Limit.IsOpen ? null : Math.Max(0, State.Limit.Users - Counted - Held);
}

/// <summary>A portfolio in memory: its stored state, and the reservations rebuilt from rows.</summary>
/// <param name="Record">What is stored.</param>
/// <param name="Book">Who counts; changed in place, and gone with the activation if a turn fails.</param>
public sealed record PortfolioAtWork(PortfolioState Record, BudgetBook Book)
{
    /// <summary>Numbers that were refused and would hear of budget that comes free.</summary>
    public SortedSet<PhoneNumberId> Waiting { get; } = [];

    /// <summary>When what is held is compared with the archive next; null while nothing is held.</summary>
    public DateTimeOffset? LooksAt { get; init; }

    /// <summary>When those who wait were told last.</summary>
    public DateTimeOffset ToldAt { get; init; }
}
