using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>Meta's words for what a message is.</summary>
internal static class MessageKinds
{
    /// <summary>The kind behind a <c>type</c>; a word newer than we are is <see cref="InboundKind.Unknown"/>.</summary>
    public static InboundKind Read(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return InboundKind.Unknown;
        }

        return Kind(json.ValueSpan);
    }

    public static MessageParts.SystemEvent ReadSystem(ref Utf8JsonReader json) => json.ReadText() switch
    {
        "user_changed_number" or "customer_changed_number" => MessageParts.SystemEvent.NumberChanged,
        "user_changed_user_id" => MessageParts.SystemEvent.UserIdChanged,
        _ => MessageParts.SystemEvent.Other,
    };

    private static InboundKind Kind(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("text"u8) ? InboundKind.Text
        : word.SequenceEqual("image"u8) ? InboundKind.Image
        : word.SequenceEqual("audio"u8) || word.SequenceEqual("voice"u8) ? InboundKind.Audio
        : word.SequenceEqual("interactive"u8) ? InboundKind.Interactive
        : word.SequenceEqual("button"u8) ? InboundKind.Button
        : word.SequenceEqual("reaction"u8) ? InboundKind.Reaction
        : word.SequenceEqual("document"u8) ? InboundKind.Document
        : word.SequenceEqual("video"u8) ? InboundKind.Video
        : word.SequenceEqual("sticker"u8) ? InboundKind.Sticker
        : word.SequenceEqual("location"u8) ? InboundKind.Location
        : word.SequenceEqual("contacts"u8) ? InboundKind.Contacts
        : word.SequenceEqual("order"u8) ? InboundKind.Order
        : word.SequenceEqual("system"u8) ? InboundKind.System
        : word.SequenceEqual("edit"u8) ? InboundKind.Edit
        : word.SequenceEqual("revoke"u8) ? InboundKind.Revoke
        : word.SequenceEqual("unsupported"u8) || word.SequenceEqual("unknown"u8) ? InboundKind.Unsupported
        : InboundKind.Unknown;
}
