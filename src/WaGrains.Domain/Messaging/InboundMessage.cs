namespace WaGrains.Domain.Messaging;

/// <summary>
/// One message that Meta delivered, reduced to what decisions need, with the raw object for the archive.
/// </summary>
/// <param name="Wamid">Meta's id of the message; opaque, up to several hundred characters.</param>
/// <param name="SentAt">Meta's timestamp, normalised to seconds; the same in every repeat.</param>
/// <param name="Kind">What kind of message it is.</param>
/// <param name="Text">What the contact said, for rules, search and previews: body, caption, button or row title, emoji;
/// empty if nothing.</param>
/// <param name="ReplyId">The id or payload of the button or list row that was tapped, if any.</param>
/// <param name="ContextWamid">The message this one quotes, if any.</param>
/// <param name="TargetWamid">The message this one reacts to, edits or revokes, if any.</param>
/// <param name="Payload">The message object as Meta wrote it, UTF-8 JSON, byte for byte.</param>
public sealed record InboundMessage(
    string Wamid,
    DateTimeOffset SentAt,
    InboundKind Kind,
    string Text,
    string? ReplyId,
    string? ContextWamid,
    string? TargetWamid,
    ReadOnlyMemory<byte> Payload)
{
    /// <summary>Not what was said, so that no log line can carry it by accident.</summary>
    public override string ToString() => nameof(InboundMessage);
}

/// <summary>
/// The kinds of inbound message. <see cref="Unsupported"/> is what Meta itself cannot deliver, <see cref="Unknown"/> a
/// type newer than we are.
/// </summary>
public enum InboundKind
{
    Text,
    Image,
    Video,
    Audio,
    Document,
    Sticker,
    Location,
    Contacts,
    Reaction,
    Interactive,
    Button,
    Order,
    System,
    Edit,
    Revoke,
    Unsupported,
    Unknown,
}
