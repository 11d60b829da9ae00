using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Memory;

/// <summary>One attempt to send, with all it belongs to.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Number">The number that tried.</param>
/// <param name="Conversation">The recipient, by conversation.</param>
/// <param name="Message">What was sent.</param>
/// <param name="Attempt">Which attempt, and how it went.</param>
public sealed record AttemptRow(
    TenantId Tenant,
    PhoneNumberId Number,
    ConversationId Conversation,
    MessageId Message,
    StoredAttempt Attempt);
