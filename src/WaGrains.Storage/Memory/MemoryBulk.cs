using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>A bulk send's recipient as it stands.</summary>
internal sealed record RecipientCell(
    BulkRecipient Recipient, BulkOutcome Outcome = BulkOutcome.Pending, string? Code = null, MessageId? Message = null);

/// <summary>Writes and reads the recipients of bulk sends.</summary>
internal sealed class MemoryBulk(MemoryTables tables)
{
    public Obstacle? Add(BulkRecipientsAdded added)
    {
        foreach (var recipient in added.Recipients)
        {
            _ = BulkColumns.Variables(recipient);
            if (!tables.Recipients.Add(
                (added.Tenant, added.Send.Value, recipient.Position), new RecipientCell(recipient)))
            {
                return Obstacle.Conflict(Table.BulkRecipient);
            }
        }

        return null;
    }

    public Obstacle? Settle(BulkRecipientSettled settled)
    {
        var key = (settled.Tenant, settled.Origin.Send.Value, settled.Origin.Position);
        if (tables.Recipients.Find(key) is not { Outcome: BulkOutcome.Pending } cell)
        {
            return Obstacle.Conflict(Table.BulkRecipient);
        }

        tables.Recipients.Set(key, cell with
        {
            Outcome = settled.Message is null ? BulkOutcome.Refused : BulkOutcome.Taken,
            Code = settled.Code,
            Message = settled.Message,
        });
        return null;
    }

    public Obstacle? Drop(BulkRecipientsDropped dropped)
    {
        foreach (var key in Keys(dropped.Tenant, dropped.Send, dropped.From, dropped.Through).ToList())
        {
            if (tables.Recipients.Find(key) is { Outcome: BulkOutcome.Pending } cell)
            {
                tables.Recipients.Set(key, cell with { Outcome = BulkOutcome.Dropped, Code = dropped.Code });
            }
        }

        return null;
    }

    public Obstacle? Remove(BulkRecipientsRemoved removed)
    {
        foreach (var key in Keys(removed.Tenant, removed.Send, removed.From, removed.Through).ToList())
        {
            tables.Recipients.Remove(key);
        }

        return null;
    }

    public IReadOnlyList<BulkSendState> Sends(TenantId tenant, BulkSendId? before, int most) =>
    [
        .. tables.BulkSends.Backwards((tenant, 0), (tenant, (before?.Value ?? ulong.MaxValue) - 1))
            .Take(StoreLimits.Page(most))
            .Select(key => tables.BulkSends.Find(key)!.Read<BulkSendState>()),
    ];

    public IReadOnlyList<BulkRecipient> Pending(TenantId tenant, BulkSendId id, int from, int most) =>
    [
        .. Keys(tenant, id, from, int.MaxValue)
            .Select(key => tables.Recipients.Find(key)!)
            .Where(cell => cell.Outcome == BulkOutcome.Pending)
            .Take(most)
            .Select(cell => cell.Recipient),
    ];

    public IReadOnlyList<QueuedOfSend> Queued(
        TenantId tenant, BulkSendId id, IReadOnlyList<PhoneNumberId> numbers, int most) =>
    [
        .. tables.Queue.All
            .Where(row => row.Tenant == tenant && row.Send == id && numbers.Contains(row.Number))
            .Take(most)
            .Select(row => new QueuedOfSend(row.Number, row.Message)),
    ];

    public BulkTally Tally(TenantId tenant, BulkSendId id)
    {
        var cells = Keys(tenant, id, 0, int.MaxValue).Select(key => tables.Recipients.Find(key)!).ToList();
        var statuses = cells.Where(cell => cell.Message is not null)
            .Select(cell => tables.Messages.Find((tenant, cell.Message!.Value.Value)))
            .OfType<MessageCell>();
        return new BulkTally(
            cells.GroupBy(cell => (cell.Outcome, cell.Code)).ToDictionary(all => all.Key, all => all.Count()),
            statuses.GroupBy(cell => cell.Row.Status).ToDictionary(all => all.Key, all => all.Count()));
    }

    public IReadOnlyList<BulkResult> Results(BulkResultFilter filter) =>
    [
        .. Keys(filter.Tenant, filter.Send, filter.After + 1, int.MaxValue)
            .Select(key => tables.Recipients.Find(key)!)
            .Where(cell => filter.Outcome is null || cell.Outcome == filter.Outcome)
            .Take(StoreLimits.Page(filter.Most))
            .Select(cell => new BulkResult(cell.Recipient, cell.Outcome, cell.Code, MessageOf(filter.Tenant, cell))),
    ];

    public IReadOnlyList<ConversationState> ConversationsOf(
        TenantId tenant, IReadOnlyCollection<ContactId> contacts, IReadOnlyCollection<PhoneNumberId> numbers) =>
    [
        .. contacts.Distinct()
            .SelectMany(contact => tables.ByContact.Between(
                (tenant, contact.Value, UInt128.Zero), (tenant, contact.Value, UInt128.MaxValue)))
            .Select(key => tables.Conversations.Find((tenant, key.Id))!.Read())
            .Where(state => numbers.Contains(state.Id.Number)),
    ];

    public IEnumerable<int> AttemptsStarted(
        TenantId tenant, PhoneNumberId number, DateTimeOffset from, DateTimeOffset until) => tables.AttemptsOf
        .Between(
            (tenant, number.Value, Moment.Micros(from), UInt128.Zero, 0),
            (tenant, number.Value, Moment.Micros(until) - 1, UInt128.MaxValue, int.MaxValue))
        .Select(key => key.N);

    private StoredMessage? MessageOf(TenantId tenant, RecipientCell cell) =>
        cell.Message is { } id ? tables.Messages.Find((tenant, id.Value))?.Read() : null;

    private IEnumerable<(TenantId Tenant, ulong Send, int Position)> Keys(
        TenantId tenant, BulkSendId send, int from, int through) =>
        tables.Recipients.Between((tenant, send.Value, from), (tenant, send.Value, through - 1));
}
