using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>What a conversation may be told.</summary>
public abstract record ConversationMessage : OwnerMessage;

/// <summary>Messages of the contact, in the order of their webhook.</summary>
/// <param name="Messages">Id and message of each.</param>
/// <param name="Person">What the webhook says of the contact.</param>
/// <param name="Team">The number's team, if it has one of its own.</param>
/// <param name="Known">Those of the ids that the archive already holds, where the conversation had to ask (MUST
/// D1).</param>
public sealed record ReceiveInbound(
    IReadOnlyList<InboundDelivery> Messages,
    PersonNames Person,
    TeamId? Team,
    IReadOnlyList<MessageId> Known) : ConversationMessage;

/// <summary>One delivered message with its id.</summary>
public readonly record struct InboundDelivery(MessageId Id, InboundMessage Message);

/// <summary>Statuses of messages this conversation sent.</summary>
public sealed record ReceiveStatuses(IReadOnlyList<StatusOfAttempt> Statuses) : ConversationMessage;

/// <summary>A status with the message and attempt its callback data names.</summary>
public readonly record struct StatusOfAttempt(MessageId Message, int Attempt, StatusUpdate Update);

/// <summary>A message that a person wrote with the WhatsApp Business app on a coexistence number: archived, never
/// queued.</summary>
public sealed record ReceiveEcho(InboundDelivery Echo, IReadOnlyList<MessageId> Known) : ConversationMessage;

/// <summary>Sends a message: queue it, or refuse.</summary>
/// <param name="Id">The new message's id, made by the caller.</param>
/// <param name="Content">What to send.</param>
/// <param name="Lane">Which lane it waits in.</param>
/// <param name="ContextWamid">The message to quote, if any.</param>
/// <param name="Author">Who writes: an agent (who must then hold the conversation), or null for the tenant's own
/// systems.</param>
/// <param name="Deadline">After this it expires unsent; null for the default of a day.</param>
/// <param name="To">Whom to send to when the conversation is new; ignored where the contact is known, null from an
/// agent's desk.</param>
/// <param name="Idempotency">The caller's key, if it gave one.</param>
public sealed record SendMessage(
    MessageId Id,
    MessageContent Content,
    Lane Lane,
    string? ContextWamid,
    AgentId? Author,
    DateTimeOffset? Deadline,
    Recipient? To,
    IdempotencyKey? Idempotency) : ConversationMessage
{
    /// <summary>The recipient of a bulk send whose turn this is; null for a message of its own.</summary>
    public BulkOrigin? Origin { get; init; }
}

/// <summary>Answer to <see cref="SendMessage"/>: the message is durable and in its number's queue.</summary>
/// <param name="Message">Its id.</param>
/// <param name="Ordinal">Its position among the conversation's outbound messages.</param>
/// <param name="QueueDepth">How many messages waited in the number's queue, by its last published depth.</param>
public sealed record SendReceipt(MessageId Message, long Ordinal, int QueueDepth) : Reply;

/// <summary>The number has settled a message: it is accepted, or has ended.</summary>
public sealed record SendSettled(MessageId Message, MessageStatus Status, string? Wamid) : ConversationMessage
{
    /// <summary>Meta's code, where it has refused the message; else 0.</summary>
    public int Code { get; init; }
}

/// <summary>An agent has room and takes the conversation under this offer.</summary>
public sealed record AcceptOffer(long Offer, AgentId Agent) : ConversationMessage;

/// <summary>An agent that was asked by name cannot take it.</summary>
public sealed record DeclineOffer(long Offer, AgentId Agent, string Reason) : ConversationMessage;

/// <summary>Hands the conversation to an agent by name, or to a team's waiting queue. Exactly one is set.</summary>
public sealed record AssignConversation(AgentId? Agent, TeamId? Team, IdempotencyKey? Idempotency)
    : ConversationMessage;

/// <summary>Ends the conversation for now; the contact's next message reopens it.</summary>
public sealed record CloseConversation(AgentId? By, IdempotencyKey? Idempotency) : ConversationMessage;

/// <summary>Opens a closed conversation again and puts it into its team's queue.</summary>
public sealed record ReopenConversation(IdempotencyKey? Idempotency) : ConversationMessage;

/// <summary>Its holder can no longer serve it: back to the team's queue.</summary>
public sealed record RequeueConversation(AgentId From) : ConversationMessage;

/// <summary>The contact has used WhatsApp's own switch for offers.</summary>
/// <param name="Wanted">Whether it wants them from now on.</param>
/// <param name="At">When, by Meta's clock.</param>
public sealed record SetPreference(bool Wanted, DateTimeOffset At) : ConversationMessage;

/// <summary>Reads the conversation as its newest committed turn left it.</summary>
public sealed record ReadConversation : ConversationMessage;

/// <summary>Answer to <see cref="ReadConversation"/>.</summary>
public sealed record ConversationView(ConversationState State) : Reply;

/// <summary>This conversation's contact turned out to be the older contact of <paramref name="Into"/>: become its
/// alias.</summary>
public sealed record MergeInto(ConversationId Into) : ConversationMessage;

/// <summary>What a merged conversation leaves to the one that survives.</summary>
public sealed record AbsorbMerged(ConversationId From, MergeParcel Parcel) : ConversationMessage;

/// <summary>The surviving conversation has taken over what this one left.</summary>
public sealed record MergeAbsorbed : ConversationMessage;
