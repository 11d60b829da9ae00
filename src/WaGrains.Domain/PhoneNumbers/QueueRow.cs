using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>The order in which a number serves what waits: every reply before any utility message, those before
/// campaigns.</summary>
public enum Lane
{
    /// <summary>An answer in a conversation, by a person or a rule.</summary>
    Reply = 0,

    /// <summary>A notice the contact expects.</summary>
    Utility = 1,

    /// <summary>One of many.</summary>
    Campaign = 2,
}

/// <summary>Where a queue row stands.</summary>
public enum QueuePhase
{
    /// <summary>Waiting for a slot.</summary>
    Queued = 0,

    /// <summary>An attempt is committed as started; its answer is awaited, or in doubt.</summary>
    Attempting = 1,
}

/// <summary>One message waiting to be sent by a number. Written by the conversation in the turn that accepts the
/// message, settled by the number.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Number">The number that sends it.</param>
/// <param name="Message">The message; its row holds the content.</param>
/// <param name="Conversation">The conversation, which orders it.</param>
/// <param name="Ordinal">Gap-free position among the conversation's outbound messages, from 1.</param>
/// <param name="Lane">Which lane it waits in.</param>
/// <param name="QueuedAt">When it was accepted.</param>
/// <param name="Deadline">After this it expires unsent.</param>
/// <param name="WindowClosesAt">When the contact's service window closes; null where it is closed. A template may leave
/// after it, on the portfolio's budget.</param>
/// <param name="To">Whom to send to.</param>
/// <param name="ContextWamid">The message to quote, if any.</param>
/// <param name="Attempt">Attempts started so far.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="AttemptAt">When the newest attempt started; null before the first.</param>
/// <param name="NotBefore">Not to be tried before this; null if at once.</param>
public sealed record QueueRow(
    TenantId Tenant,
    PhoneNumberId Number,
    MessageId Message,
    ConversationId Conversation,
    long Ordinal,
    Lane Lane,
    DateTimeOffset QueuedAt,
    DateTimeOffset Deadline,
    DateTimeOffset? WindowClosesAt,
    Recipient To,
    string? ContextWamid,
    int Attempt,
    QueuePhase Phase,
    DateTimeOffset? AttemptAt,
    DateTimeOffset? NotBefore)
{
    private readonly Instant _queuedAt = QueuedAt;
    private readonly Instant _deadline = Deadline;
    private readonly Instant _windowClosesAt = WindowClosesAt;
    private readonly Instant _attemptAt = AttemptAt;
    private readonly Instant _notBefore = NotBefore;

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset QueuedAt
    {
        get => _queuedAt.Value;
        init => _queuedAt = value;
    }

    /// <summary>After this it expires unsent.</summary>
    public DateTimeOffset Deadline
    {
        get => _deadline.Value;
        init => _deadline = value;
    }

    /// <summary>When the contact's service window closes; null where it is closed.</summary>
    public DateTimeOffset? WindowClosesAt
    {
        get => _windowClosesAt;
        init => _windowClosesAt = value;
    }

    /// <summary>When the newest attempt started; null before the first.</summary>
    public DateTimeOffset? AttemptAt
    {
        get => _attemptAt;
        init => _attemptAt = value;
    }

    /// <summary>Not to be tried before this; null if at once.</summary>
    public DateTimeOffset? NotBefore
    {
        get => _notBefore;
        init => _notBefore = value;
    }

    /// <summary>The bulk send it belongs to, if any: sends take turns, and one can be held.</summary>
    public BulkSendId? Send { get; init; }

    /// <summary>Withdrawn while an attempt was under way: not to be tried again. Its deadline says so.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWithdrawn => Deadline <= QueuedAt;

    /// <summary>The row as it stands once it is withdrawn.</summary>
    public QueueRow Withdrawn() => this with { Deadline = QueuedAt };
}

/// <summary>A queue row with the content its message row holds.</summary>
/// <param name="Row">The row.</param>
/// <param name="Content">What to send.</param>
/// <param name="Status">How far the message's own row has come: a status may have proven the attempt while this number
/// was not there to be told.</param>
public sealed record QueuedSend(QueueRow Row, MessageContent Content, MessageStatus Status = MessageStatus.Queued)
{
    /// <summary>Whether Meta has said what became of the attempt that is under way. A failure may be that of an earlier
    /// attempt (MUST D2), so it proves the first one only.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsProven => Row.Phase == QueuePhase.Attempting
        && (Status is MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Read or MessageStatus.Played
            || (Status == MessageStatus.Failed && Row.Attempt == 1));
}

/// <summary>Puts a message into its number's queue.</summary>
public sealed record QueueRowAdded(QueueRow Row) : Change;

/// <summary>
/// Starts attempt <paramref name="Attempt"/>: inserts the attempt row and moves the queue row from Queued at attempt n
/// - 1 to Attempting at n.
/// A queue row that stands anywhere else aborts the turn: this is what keeps a send from starting twice.
/// </summary>
public sealed record AttemptStarted(
    TenantId Tenant,
    PhoneNumberId Number,
    MessageId Message,
    int Attempt,
    DateTimeOffset At) : Change;

/// <summary>How an attempt ended; written once, a second end is left alone.</summary>
/// <param name="Outcome">A stable snake_case word: accepted, throttled, transient, rejected, unknown,
/// settled_by_status, ...</param>
public sealed record AttemptEnded(
    TenantId Tenant,
    MessageId Message,
    int Attempt,
    string Outcome,
    int Code,
    string? Wamid,
    DateTimeOffset At) : Change;

/// <summary>Puts a row back to Queued after an attempt that surely did not reach the contact. It must stand at
/// Attempting with this attempt number.</summary>
public sealed record QueueRowReturned(
    TenantId Tenant,
    PhoneNumberId Number,
    MessageId Message,
    int Attempt,
    DateTimeOffset? NotBefore) : Change;

/// <summary>Takes a settled, expired or cancelled row out of the queue. Absent already is an error: it aborts the
/// turn.</summary>
public sealed record QueueRowRemoved(TenantId Tenant, PhoneNumberId Number, MessageId Message) : Change;

/// <summary>
/// Withdraws a message if it has not begun to leave: where its queue row stands at Queued the row goes and the
/// message's status becomes Cancelled; where an attempt has started the row's deadline becomes the time it was queued
/// at
/// (<see cref="QueueRow.IsWithdrawn"/>), so that no other attempt follows; where no row stands nothing happens. A
/// number
/// that starts the attempt at the same time loses its turn, or this finds the attempt started.
/// </summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Number">In whose queue it waits.</param>
/// <param name="Message">Which message.</param>
/// <param name="At">When.</param>
/// <param name="Conversation">The conversation that withdraws it; null where that has been told of already.</param>
public sealed record SendWithdrawn(
    TenantId Tenant, PhoneNumberId Number, MessageId Message, DateTimeOffset At, ConversationId? Conversation)
    : Change;
