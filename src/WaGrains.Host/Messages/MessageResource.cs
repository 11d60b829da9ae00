using System.Buffers;
using System.Text.Json;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.Messages;

/// <summary>A message and how far it has come.</summary>
/// <param name="Id">Its id; ids sort by time.</param>
/// <param name="ConversationId">Where it belongs.</param>
/// <param name="Direction">inbound, outbound, or echo: written by a person with the WhatsApp Business app.</param>
/// <param name="Type">The field's word: text, image, template, ...</param>
/// <param name="Status">How far it has come; it only moves forward.</param>
/// <param name="StatusAt">Since when, by whoever said so.</param>
/// <param name="Text">What a person can read in it.</param>
/// <param name="Content">Inbound: the object as Meta wrote it. Outbound: the content in the Cloud API's shape.</param>
/// <param name="Wamid">Meta's id, once known.</param>
/// <param name="ReplyTo">Meta's id of the message it quotes.</param>
/// <param name="Author">An agent's id, bot, off_hours or api; empty inbound.</param>
/// <param name="Error">Why it ended badly.</param>
/// <param name="Pricing">Meta's billing category and type.</param>
/// <param name="Attempts">Each attempt to send it; null in lists.</param>
internal sealed record MessageResource(
    MessageId Id,
    ConversationId ConversationId,
    Direction Direction,
    string Type,
    MessageStatus Status,
    DateTimeOffset StatusAt,
    string Text,
    JsonElement? Content,
    string? Wamid,
    string? ReplyTo,
    string Author,
    SendError? Error,
    string? Pricing,
    IReadOnlyList<AttemptResource>? Attempts)
{
    public static MessageResource Of(StoredMessage stored) => Of(stored, null);

    public static MessageResource Of(StoredMessage stored, IReadOnlyList<StoredAttempt>? attempts) => new(
        stored.Row.Id,
        stored.Row.Conversation,
        stored.Row.Direction,
        stored.Row.Kind,
        stored.Row.Status,
        stored.StatusAt,
        stored.Row.Text,
        Shown(stored.Row.Payload),
        stored.Row.Wamid,
        stored.Row.ContextWamid,
        stored.Row.Author,
        stored.Error,
        stored.Pricing,
        attempts?.Select(AttemptResource.Of).ToList());

    private static JsonElement? Shown(MessagePayload payload)
    {
        if (payload.Content is { } content)
        {
            var written = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(written))
            {
                json.WriteStartObject();
                GraphPayload.WriteContent(json, content);
                json.WriteEndObject();
            }

            return Parse(written.WrittenMemory);
        }

        return payload.Raw.IsEmpty ? null : Parse(payload.Raw);
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // An erased or foreign payload is not shown; everything else of the message still is.
            return null;
        }
    }
}

/// <summary>One attempt to send a message.</summary>
/// <param name="Attempt">Counts from 1.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When its outcome was known; null while it is open or in doubt.</param>
/// <param name="Outcome">accepted, throttled, transient, rejected, unknown, ...</param>
/// <param name="Code">Meta's error code; 0 for none.</param>
/// <param name="Wamid">Meta's id of the message by this attempt.</param>
internal sealed record AttemptResource(
    int Attempt, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Outcome, int Code, string? Wamid)
{
    public static AttemptResource Of(StoredAttempt stored) => new(
        stored.Attempt, stored.StartedAt, stored.EndedAt, stored.Outcome, stored.Code, stored.Wamid);
}
