using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What a number may be told.</summary>
public abstract record PhoneNumberMessage : OwnerMessage;

/// <summary>Puts a number under this tenant's control, or changes what the tenant may change of it.</summary>
public sealed record ConfigureNumber(PhoneNumberSettings Settings, IdempotencyKey? Idempotency) : PhoneNumberMessage;

/// <summary>Rows that a conversation has committed into this number's queue.</summary>
/// <param name="Sends">The rows with their content, in ordinal order.</param>
/// <param name="Earlier">Messages of the same conversation that it does not know to be settled: if one of them is not
/// here, a hint was lost.</param>
public sealed record EnqueueSends(IReadOnlyList<QueuedSend> Sends, IReadOnlyList<MessageId> Earlier)
    : PhoneNumberMessage;

/// <summary>Rows the store holds for this number, read because a hint may have been lost.</summary>
public sealed record AdoptRows(IReadOnlyList<QueuedSend> Sends) : PhoneNumberMessage;

/// <summary>A number in memory: its stored state, and the queue rebuilt from rows. A value, for each turn of each of
/// many numbers makes several.</summary>
/// <param name="Record">What is stored.</param>
/// <param name="Queue">What waits; changed in place, and gone with the activation if a turn fails.</param>
public readonly record struct NumberAtWork(PhoneNumberState Record, SendQueue Queue)
{
    private readonly Instant _notBefore;
    private readonly Instant _dueSince;

    /// <summary>
    /// Nothing starts before this: another silo, with another clock, may have started the last send. Null where that is
    /// long past.
    /// </summary>
    public DateTimeOffset? NotBefore
    {
        get => _notBefore;
        init => _notBefore = value;
    }

    /// <summary>Since when a message could have started and none has; null where none could.</summary>
    public DateTimeOffset? DueSince
    {
        get => _dueSince;
        init => _dueSince = value;
    }

    /// <summary>Whether its queue was told to be stuck and nothing has left since.</summary>
    public bool IsStuck { get; init; }

    /// <summary>The newest version of the record that was written by this life; 0 where none was.</summary>
    public long Wrote { get; init; }

    /// <summary>Stops that this number has met itself and the tenant may not have told yet.</summary>
    public IReadOnlyList<SendStop> Fresh { get; init; } = [];

    /// <summary>When people were last told of a failure with this code.</summary>
    public ImmutableDictionary<int, DateTimeOffset> Told { get; init; } =
        ImmutableDictionary<int, DateTimeOffset>.Empty;
}

/// <summary>The number's depth has changed: the silo publishes it to those who queue.</summary>
/// <param name="Number">Which number.</param>
/// <param name="Depth">Messages waiting or under way.</param>
/// <param name="Max">How many may.</param>
/// <param name="Oldest">When the longest waiting was queued; null when none waits.</param>
public sealed record DepthChanged(OwnerKey Number, int Depth, int Max, DateTimeOffset? Oldest) : Effect
{
    private readonly Instant _oldest = Oldest;
    private readonly Instant _stuckAt;

    /// <summary>When the longest waiting was queued; null when none waits.</summary>
    public DateTimeOffset? Oldest
    {
        get => _oldest;
        init => _oldest = value;
    }

    /// <summary>The newest version of the number's record that this life of it has written; 0 where none.</summary>
    public long Version { get; init; }

    /// <summary>If nothing has started until then, the queue is stuck; null where nothing is to start.</summary>
    public DateTimeOffset? StuckAt
    {
        get => _stuckAt;
        init => _stuckAt = value;
    }
}

/// <summary>Asks the silo to read again what waits at a number or a team, or what became of the messages a portfolio
/// holds budget for, and to hand it over: a hint may have been lost.</summary>
public sealed record ReadQueueAgain(OwnerKey Number) : Effect;

/// <summary>A send slot may be due: take what the limits allow.</summary>
public sealed record Pump : PhoneNumberMessage
{
    /// <summary>The one instance worth having.</summary>
    public static readonly Pump Message = new();
}

/// <summary>
/// A call left later than its attempt was decided (<see cref="SendToGraph.LateAt"/>): told at once, before its answer,
/// so that the next slot counts from where this one really began and no minute at Meta's door holds too many.
/// </summary>
/// <param name="Message">The message.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="At">When its bytes left.</param>
public sealed record SendStarted(MessageId Message, int Attempt, DateTimeOffset At) : PhoneNumberMessage;

/// <summary>The outcome of one call to Meta.</summary>
public sealed record SendCompleted(MessageId Message, int Attempt, SendOutcome Outcome) : PhoneNumberMessage;

/// <summary>A status webhook proves what became of an attempt, perhaps before its answer did.</summary>
public sealed record SettledByStatus(
    ConversationId Conversation,
    MessageId Message,
    int Attempt,
    StatusUpdate Update) : PhoneNumberMessage;

/// <summary>Meta or an operator tells something of the number's standing.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Reason">Stable snake_case word for the pace report and the alert.</param>
/// <param name="At">When.</param>
public sealed record QualityChanged(QualityEvent Event, string Reason, DateTimeOffset At) : PhoneNumberMessage;

/// <summary>What may happen to a number's standing.</summary>
public enum QualityEvent
{
    /// <summary>Quality GREEN.</summary>
    Green = 0,

    /// <summary>Quality YELLOW: the warm-up holds.</summary>
    Yellow = 1,

    /// <summary>Quality RED, a spam or policy restriction: down to 5/min at once.</summary>
    Risk = 2,

    /// <summary>The number must not send at all until an operator says so.</summary>
    Stop = 3,

    /// <summary>An operator lets it send again.</summary>
    Resume = 4,

    /// <summary>An operator pauses it.</summary>
    Pause = 5,

    /// <summary>Meta has raised its throughput level.</summary>
    Upgrade = 6,
}

/// <summary>A contact wrote back for the first time today.</summary>
public sealed record ContactReplied : PhoneNumberMessage
{
    /// <summary>The one instance worth having.</summary>
    public static readonly ContactReplied Message = new();

    /// <summary>Whether what it answers was marketing.</summary>
    public bool ToMarketing { get; init; }

    /// <summary>Whose service window is open, and until when; null where that is not told.</summary>
    public OpenedWindow? Window { get; init; }
}

/// <summary>A conversation's service window.</summary>
public sealed record OpenedWindow(ConversationId Conversation, DateTimeOffset ClosesAt);

/// <summary>The portfolio's answer to <see cref="Portfolios.AskBudget"/>.</summary>
/// <param name="Portfolio">Whose budget.</param>
/// <param name="Granted">These may be sent.</param>
/// <param name="Refused">For these there is no budget now.</param>
/// <param name="Until">When there may be some at the earliest; null where that is not known.</param>
/// <param name="OpenFor">For so long nobody needs to ask; null where a limit is counted.</param>
public sealed record BudgetAnswered(
    PortfolioId Portfolio,
    IReadOnlyList<MessageId> Granted,
    IReadOnlyList<MessageId> Refused,
    DateTimeOffset? Until,
    TimeSpan? OpenFor) : PhoneNumberMessage;

/// <summary>The portfolio has other limits than before, or budget has come free: ask again.</summary>
public sealed record BudgetChanged(PortfolioId Portfolio) : PhoneNumberMessage;

/// <summary>A contact asked to be left alone, or has switched offers off.</summary>
public sealed record ContactOptedOut(ConversationId Conversation) : PhoneNumberMessage;

/// <summary>Meta takes no marketing for this contact for a while: what waits for it rests, the rest goes on.</summary>
/// <param name="Conversation">Which contact.</param>
/// <param name="Until">For how long.</param>
public sealed record ParkRecipient(ConversationId Conversation, DateTimeOffset Until) : PhoneNumberMessage;

/// <summary>The silo has seen that nothing has left since the queue should have moved.</summary>
/// <param name="StuckAt">The time that has passed, as the number had published it.</param>
public sealed record ReportStuck(DateTimeOffset StuckAt) : PhoneNumberMessage;

/// <summary>Withdraws a message that has not left yet.</summary>
public sealed record CancelSend(MessageId Message) : PhoneNumberMessage;

/// <summary>The conversation has withdrawn a message; if it has not begun to leave, its row is gone.</summary>
/// <param name="Message">Which.</param>
/// <param name="Conversation">Who has withdrawn it, and is told when nothing of it is left here.</param>
public sealed record ForgetSend(MessageId Message, ConversationId Conversation) : PhoneNumberMessage;

/// <summary>A bulk send is paused, or goes on: its messages stay in the queue, or leave again.</summary>
public sealed record HoldSend(BulkSendId Send, bool Held) : PhoneNumberMessage;

/// <summary>Asks how many more messages of a bulk send the number takes now.</summary>
public sealed record ReadRoom(BulkSendId Send) : PhoneNumberMessage;

/// <summary>Answer to <see cref="ReadRoom"/>.</summary>
/// <param name="Queued">Messages of the send that wait or are under way here.</param>
/// <param name="Room">How many more are welcome.</param>
public sealed record BulkRoom(int Queued, int Room) : Reply;

/// <summary>Asks why the number sends as fast as it does.</summary>
public sealed record ReadPace : PhoneNumberMessage;

/// <summary>Answer to <see cref="ReadPace"/>.</summary>
/// <param name="State">The number's state.</param>
/// <param name="PerMinute">The effective rate now, messages per minute; 0 while nothing may leave.</param>
/// <param name="Terms">Everything that limits it, what binds first: holds, then the terms of the rate.</param>
/// <param name="Queued">Messages waiting, by lane.</param>
/// <param name="InDoubt">Attempts whose outcome is not known.</param>
/// <param name="EmptyAt">When the queue will be empty at this rate; null while stopped.</param>
public sealed record PaceReport(
    PhoneNumberState State,
    double PerMinute,
    IReadOnlyList<PaceTerm> Terms,
    IReadOnlyDictionary<Lane, int> Queued,
    int InDoubt,
    DateTimeOffset? EmptyAt) : Reply
{
    /// <summary>Templates and kinds of messages of its account that Meta does not take; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SendStop>? Stops { get; init; }
}
