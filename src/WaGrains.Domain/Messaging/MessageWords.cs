namespace WaGrains.Domain.Messaging;

/// <summary>The field's word for each kind of message, as Meta writes it in <c>type</c>.</summary>
public static class MessageWords
{
    /// <summary>The word for an inbound kind.</summary>
    public static string Of(InboundKind kind) => kind switch
    {
        InboundKind.Text => "text",
        InboundKind.Image => "image",
        InboundKind.Video => "video",
        InboundKind.Audio => "audio",
        InboundKind.Document => "document",
        InboundKind.Sticker => "sticker",
        InboundKind.Location => "location",
        InboundKind.Contacts => "contacts",
        InboundKind.Reaction => "reaction",
        InboundKind.Interactive => "interactive",
        InboundKind.Button => "button",
        InboundKind.Order => "order",
        InboundKind.System => "system",
        InboundKind.Edit => "edit",
        InboundKind.Revoke => "revoke",
        InboundKind.Unsupported => "unsupported",
        InboundKind.Unknown => "unknown",
    };

    /// <summary>The word for a status.</summary>
    public static string Of(MessageStatus status) => status switch
    {
        MessageStatus.Received => "received",
        MessageStatus.Queued => "queued",
        MessageStatus.Accepted => "accepted",
        MessageStatus.Sent => "sent",
        MessageStatus.Expired => "expired",
        MessageStatus.Cancelled => "cancelled",
        MessageStatus.Unknown => "unknown",
        MessageStatus.Failed => "failed",
        MessageStatus.Delivered => "delivered",
        MessageStatus.Read => "read",
        MessageStatus.Played => "played",
    };

    /// <summary>The word for what we send.</summary>
    public static string Word(this MessageContent content) => content.Match(
        static _ => "text",
        static media => media.Kind.ToString().ToLowerInvariant(),
        static _ => "location",
        static _ => "contacts",
        static _ => "reaction",
        static _ => "interactive",
        static _ => "template");
}
