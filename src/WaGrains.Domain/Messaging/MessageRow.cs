using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Messaging;

/// <summary>Which way a message went.</summary>
public enum Direction
{
    /// <summary>From the contact.</summary>
    Inbound = 0,

    /// <summary>To the contact, by us.</summary>
    Outbound = 1,

    /// <summary>To the contact, by a person using the WhatsApp Business app on a coexistence number.</summary>
    Echo = 2,
}

/// <summary>A message as it is archived.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Its id and key.</param>
/// <param name="Conversation">Where it belongs.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="Kind">The field's word for its type: text, image, template, ...</param>
/// <param name="Status">Where it starts: received or queued.</param>
/// <param name="Wamid">Meta's id, where known: inbound and echoes.</param>
/// <param name="ContextWamid">The message it quotes.</param>
/// <param name="Author">Who wrote an outbound one: an agent's id, <c>bot</c>, <c>off_hours</c>, <c>api</c>; empty
/// inbound.</param>
/// <param name="Text">What a person can read in it, for lists and search; may be overwritten by an erasure.</param>
/// <param name="Payload">Inbound: Meta's object, byte for byte. Outbound: our content as stored JSON.</param>
public sealed record MessageRow(
    TenantId Tenant,
    MessageId Id,
    ConversationId Conversation,
    Direction Direction,
    string Kind,
    MessageStatus Status,
    string? Wamid,
    string? ContextWamid,
    string Author,
    string Text,
    MessagePayload Payload);

/// <summary>The body of a message row: raw bytes from Meta, or content of ours that a store serialises.</summary>
/// <param name="Raw">Set for what Meta wrote.</param>
/// <param name="Content">Set for what we wrote.</param>
public readonly record struct MessagePayload(ReadOnlyMemory<byte> Raw, MessageContent? Content);

/// <summary>Archives a message. A row that already has this id aborts the turn: the message acts once (MUST
/// D1).</summary>
public sealed record MessageAdded(MessageRow Row) : Change;

/// <summary>
/// Moves a message's status forward; a row that is already as far or further is left alone (MUST D2), so it may be
/// written blindly and by more than one owner.
/// </summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Message">Which message.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="At">When, by whoever said so.</param>
/// <param name="Wamid">Meta's id where it is now known; set even where the status does not move.</param>
/// <param name="Error">Why it ended badly.</param>
/// <param name="Pricing">Meta's billing category and type, as it wrote them, joined by a slash; null if absent.</param>
/// <param name="Conversation">Where the message belongs; null where this only adds what is known of a message that has
/// been told of, or repeats it: nothing of it is news.</param>
/// <param name="Of">The attempt whose failure this is: nothing is written where the message waits again or is at
/// another
/// attempt. Null: it is said of the message.</param>
public sealed record StatusRaised(
    TenantId Tenant,
    MessageId Message,
    MessageStatus Status,
    DateTimeOffset At,
    string? Wamid,
    SendError? Error,
    string? Pricing,
    ConversationId? Conversation,
    AttemptOf? Of = null) : Change;

/// <summary>One attempt of a message, by the number whose queue it stands in.</summary>
public readonly record struct AttemptOf(PhoneNumberId Number, int Attempt);
