namespace WaGrains.Domain.Messaging;

/// <summary>
/// How far a message has come. It only moves forward: a status of a lower or equal <see
/// cref="MessageStatusOrder.Rank"/> is dropped, and the four
/// ends (failed, expired, cancelled, unknown) give way only to Meta's proof of delivery.
/// </summary>
public enum MessageStatus
{
    /// <summary>Inbound: archived. Outbound messages never have it.</summary>
    Received = 0,

    /// <summary>Committed, waiting in its number's send queue.</summary>
    Queued = 1,

    /// <summary>Meta has answered the send with a wamid. Not yet proof that it left.</summary>
    Accepted = 2,

    /// <summary>Meta has sent it on.</summary>
    Sent = 3,

    /// <summary>Its deadline passed before it could leave.</summary>
    Expired = 4,

    /// <summary>Withdrawn before it left.</summary>
    Cancelled = 5,

    /// <summary>
    /// An attempt may or may not have reached Meta, and no status came to tell: never blindly sent again.
    /// </summary>
    Unknown = 6,

    /// <summary>Refused by us at the attempt, by Meta at once, or by Meta later.</summary>
    Failed = 7,

    /// <summary>On the contact's device.</summary>
    Delivered = 8,

    /// <summary>Opened by the contact.</summary>
    Read = 9,

    /// <summary>A voice message played for the first time.</summary>
    Played = 10,
}

/// <summary>The order of <see cref="MessageStatus"/>.</summary>
public static class MessageStatusOrder
{
    /// <summary>
    /// Position in the one order all writers obey; the enum's numbers are chosen so that they are it, which lets a
    /// store compare them as integers.
    /// </summary>
    public static int Rank(this MessageStatus status) => (int)status;

    /// <summary>Whether a message at <paramref name="from"/> moves to <paramref name="to"/>.</summary>
    public static bool CanMoveTo(this MessageStatus from, MessageStatus to) => to.Rank() > from.Rank();

    /// <summary>Whether nothing but Meta's proof of delivery can follow.</summary>
    public static bool IsEnd(this MessageStatus status) =>
        status is MessageStatus.Expired or MessageStatus.Cancelled or MessageStatus.Unknown or MessageStatus.Failed;
}
