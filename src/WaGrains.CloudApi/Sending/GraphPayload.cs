using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>The body of <c>POST /{phone-number-id}/messages</c>.</summary>
public static class GraphPayload
{
    // Meta reads UTF-8; escaping every letter beyond ASCII would double the size of most of the world's messages.
    private static readonly JsonWriterOptions Unescaped =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the whole body, UTF-8 JSON.</summary>
    /// <param name="target">Where to; any buffer.</param>
    /// <param name="recipient">Phone or user id.</param>
    /// <param name="content">What to send; expected to have passed <see cref="MessageContentRules"/>.</param>
    /// <param name="contextWamid">The message to quote, or null.</param>
    /// <param name="callbackText">What Meta echoes in every status, at most 512 characters, or null.</param>
    /// <exception cref="ArgumentException">The recipient has neither phone nor user id.</exception>
    public static void Write(
        IBufferWriter<byte> target,
        Recipient recipient,
        MessageContent content,
        string? contextWamid,
        string? callbackText)
    {
        using var json = new Utf8JsonWriter(target, Unescaped);
        json.WriteStartObject();
        json.WriteString("messaging_product"u8, "whatsapp"u8);
        json.WriteString("recipient_type"u8, "individual"u8);
        WriteRecipient(json, recipient);
        if (contextWamid is not null)
        {
            json.WriteStartObject("context"u8);
            json.WriteString("message_id"u8, contextWamid);
            json.WriteEndObject();
        }

        WriteContent(json, content);
        json.WriteText("biz_opaque_callback_data"u8, callbackText);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Writes <c>"type"</c> and the property that holds the content into an object that is open.</summary>
    public static void WriteContent(Utf8JsonWriter json, MessageContent content) =>
        content.Match(
            text => json.Text(text),
            media => json.Media(media),
            location => json.Typed("location"u8, () => json.Place(location)),
            contacts => GraphCards.Write(json, contacts),
            reaction => json.Reaction(reaction),
            interactive => GraphInteractive.Write(json, interactive),
            template => GraphTemplate.Write(json, template));

    private static void WriteRecipient(Utf8JsonWriter json, Recipient recipient)
    {
        if (recipient.Phone is { Length: > 0 } phone)
        {
            // Without the plus Meta may put the business number's own country code in front.
            json.WriteString("to"u8, phone[0] == '+' ? phone : $"+{phone}");
        }
        else if (recipient.UserId is { Length: > 0 } userId)
        {
            json.WriteString("recipient"u8, userId);
        }
        else
        {
            throw new ArgumentException("Neither phone nor user id.", nameof(recipient));
        }
    }

    private static bool Text(this Utf8JsonWriter json, TextContent text) => json.Typed("text"u8, () =>
    {
        json.WriteString("body"u8, text.Body);
        json.WriteBoolean("preview_url"u8, text.PreviewUrl);
    });

    private static bool Media(this Utf8JsonWriter json, MediaContent media) =>
        json.Typed(GraphWords.Of(media.Kind), () =>
        {
            json.Source(media.Media);
            json.WriteText("caption"u8, media.Caption);
            json.WriteText("filename"u8, media.Filename);
            if (media.Voice)
            {
                json.WriteBoolean("voice"u8, true);
            }
        });

    private static bool Reaction(this Utf8JsonWriter json, ReactionContent reaction) => json.Typed("reaction"u8, () =>
    {
        json.WriteString("message_id"u8, reaction.TargetWamid);
        json.WriteString("emoji"u8, reaction.Emoji);
    });
}
