using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;

namespace WaGrains.Engine.Reading;

/// <summary>Reads of bulk sends and their recipients.</summary>
public interface IBulkReads
{
    /// <summary>Bulk sends of a tenant, newest first.</summary>
    /// <param name="before">Only older than this; null for the newest.</param>
    ValueTask<IReadOnlyList<BulkSendState>> BulkSends(
        TenantId tenant, BulkSendId? before, int most, CancellationToken cancel);

    /// <summary>Recipients whose turn has not come, by position, from a position on.</summary>
    ValueTask<IReadOnlyList<BulkRecipient>> BulkPending(
        TenantId tenant, BulkSendId id, int from, int most, CancellationToken cancel);

    /// <summary>Messages of a send that wait in its numbers' queues or are under way.</summary>
    ValueTask<IReadOnlyList<QueuedOfSend>> BulkQueued(
        TenantId tenant, BulkSendId id, IReadOnlyList<PhoneNumberId> numbers, int most, CancellationToken cancel);

    /// <summary>How many recipients have come how far.</summary>
    ValueTask<BulkTally> BulkTally(TenantId tenant, BulkSendId id, CancellationToken cancel);

    /// <summary>Recipients with what became of them, by position.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    ValueTask<IReadOnlyList<BulkResult>> BulkResults(BulkResultFilter filter, CancellationToken cancel);

    /// <summary>The conversations there are between these contacts and these numbers, in no stated order: what a send
    /// to them would meet.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="contacts">At most some hundreds.</param>
    /// <param name="numbers">At most some hundreds.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    ValueTask<IReadOnlyList<ConversationState>> ConversationsOf(
        TenantId tenant, IReadOnlyCollection<ContactId> contacts, IReadOnlyCollection<PhoneNumberId> numbers,
        CancellationToken cancel);
}

/// <summary>A message of a bulk send in a queue.</summary>
public readonly record struct QueuedOfSend(PhoneNumberId Number, MessageId Message);

/// <summary>Counts of a bulk send's recipients.</summary>
/// <param name="Outcomes">By outcome and, where there is one, code.</param>
/// <param name="Statuses">Of those that were taken: by their message's status.</param>
public sealed record BulkTally(
    IReadOnlyDictionary<(BulkOutcome Outcome, string? Code), int> Outcomes,
    IReadOnlyDictionary<MessageStatus, int> Statuses)
{
    /// <summary>The same as a point of the send's history.</summary>
    /// <param name="at">When it was counted.</param>
    public DrainPoint At(DateTimeOffset at)
    {
        var unreached = Outcomes
            .Where(pair => pair.Key.Outcome is BulkOutcome.Refused or BulkOutcome.Dropped)
            .Sum(pair => pair.Value);
        var read = Of(MessageStatus.Read) + Of(MessageStatus.Played);
        var delivered = read + Of(MessageStatus.Delivered);
        return new DrainPoint(
            at,
            delivered + Of(MessageStatus.Accepted) + Of(MessageStatus.Sent),
            delivered,
            read,
            unreached + Statuses.Where(pair => pair.Key.IsEnd()).Sum(pair => pair.Value));
    }

    private int Of(MessageStatus status) => Statuses.GetValueOrDefault(status);
}

/// <summary>Which recipients to list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Send">Of which send.</param>
/// <param name="Outcome">Only with this outcome.</param>
/// <param name="After">Only after this position; -1 for all.</param>
/// <param name="Most">Page size, 1 to 200.</param>
public sealed record BulkResultFilter(TenantId Tenant, BulkSendId Send, BulkOutcome? Outcome, int After, int Most);

/// <summary>A recipient and what became of it.</summary>
/// <param name="Recipient">Whom.</param>
/// <param name="Outcome">How its turn went.</param>
/// <param name="Code">Why it was refused or dropped.</param>
/// <param name="Message">Its message as it stands; null where none was made, or it is past its keeping.</param>
public sealed record BulkResult(BulkRecipient Recipient, BulkOutcome Outcome, string? Code, StoredMessage? Message);
