using System.Text.Json;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Host.Messages;

/// <summary>A message into a conversation.</summary>
/// <param name="Content">What to send, in the Cloud API's shape: {"type":"text","text":{"body":"..."}}.</param>
/// <param name="ReplyTo">The message of this conversation to quote.</param>
/// <param name="Lane">What waits first: reply, utility, campaign; reply unless given.</param>
/// <param name="Deadline">After this it expires unsent; a day from now unless given.</param>
internal sealed record SendRequest(
    JsonElement? Content = null, MessageId? ReplyTo = null, Lane? Lane = null, DateTimeOffset? Deadline = null);

/// <summary>A message to anybody: finds or creates contact and conversation.</summary>
/// <param name="NumberId">The number to send from.</param>
/// <param name="To">A phone number with country code, or a business-scoped user id.</param>
/// <param name="Content">What to send, in the Cloud API's shape.</param>
/// <param name="Lane">What waits first: reply, utility, campaign; utility unless given.</param>
/// <param name="Deadline">After this it expires unsent; a day from now unless given.</param>
internal sealed record StartRequest(
    PhoneNumberId? NumberId = null,
    string? To = null,
    JsonElement? Content = null,
    Lane? Lane = null,
    DateTimeOffset? Deadline = null);

/// <summary>The message is durable and waits in its number's queue.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="ConversationId">Where it belongs.</param>
/// <param name="Ordinal">Its position among the conversation's outbound messages, from 1.</param>
/// <param name="QueueDepth">How many messages wait in the number's queue, about.</param>
/// <param name="Status">Always queued.</param>
internal sealed record QueuedResource(
    MessageId MessageId, ConversationId ConversationId, long Ordinal, int QueueDepth, string Status);
