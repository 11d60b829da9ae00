using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>The rows that oblige an owner to act.</summary>
internal sealed class MemoryRecoveryReads(MemoryTables tables)
{
    public IReadOnlyList<PendingOwner> Pending(DateTimeOffset olderThan, int most)
    {
        var cut = Moment.Micros(olderThan);
        var owners = Queued(cut).Concat(Waiting(cut)).Concat(Offered(cut)).Concat(Restless(cut)).Concat(Merging(cut))
            .Concat(OpenSends(cut));
        return
        [
            .. owners
                .GroupBy(owner => owner)
                .OrderBy(group => group.Key.Kind)
                .ThenBy(group => group.Key.Tenant)
                .ThenBy(group => group.Key.Id)
                .Take(most)
                .Select(group => new PendingOwner(group.Key, group.Count())),
        ];
    }

    public IReadOnlyList<DueTimer> Timers(DateTimeOffset until, int most)
    {
        var cut = Moment.Micros(until);
        return
        [
            .. tables.TimersByTime.Keys
                .TakeWhile(key => key.At < cut)
                .Take(most)
                .Select(key => new DueTimer(new OwnerKey(key.Kind, key.Of, key.Id), key.Name, Moment.At(key.At))),
        ];
    }

    public IReadOnlyList<OpenMerge> OpenMerges(int most) =>
    [
        .. tables.Contacts.All
            .Where(IsOpen)
            .Take(most)
            .Select(cell => new OpenMerge(
                cell.Row.Tenant,
                cell.Row.Contact,
                MemoryDirectoryReads.Survivor(tables, cell.Row.Tenant, cell.Row.Contact),
                [.. ConversationsOf(cell.Row.Tenant, cell.Row.Contact)])),
    ];

    private static bool IsOpen(ContactCell cell) => cell.Into is not null && !cell.Done;

    private IEnumerable<ConversationId> ConversationsOf(TenantId tenant, ContactId contact) =>
        tables.ByContact
            .Between((tenant, contact.Value, 0), (tenant, contact.Value, UInt128.MaxValue))
            .Where(key => tables.Conversations.Find((tenant, key.Id))!.Columns.Phase != ConversationPhase.Alias)
            .Select(key => ConversationId.FromValue(key.Id));

    private IEnumerable<OwnerKey> Queued(long cut) => tables.Queue.All
        .Where(row => Moment.Micros(row.QueuedAt) < cut)
        .Select(row => OwnerKey.Of(row.Tenant, row.Number));

    private IEnumerable<OwnerKey> Waiting(long cut) => tables.Waiting.Keys
        .Where(key => key.Since < cut)
        .Select(key => OwnerKey.Of(key.Tenant, new TeamId(key.Team)));

    private IEnumerable<OwnerKey> Offered(long cut) => tables.Offers.All
        .Where(row => Moment.Micros(row.At) < cut)
        .Select(row => OwnerKey.Of(row.Tenant, row.Agent));

    private IEnumerable<OwnerKey> Restless(long cut) => tables.Restless.Keys
        .Where(key => tables.Conversations.Find(key)!.Columns.LastActivityAt < cut)
        .Select(key => OwnerKey.Of(key.Tenant, ConversationId.FromValue(key.Id)));

    private IEnumerable<OwnerKey> OpenSends(long cut) => tables.BulkSends.All
        .Select(cell => cell.Read<BulkSendState>())
        .Where(send => send.IsOpen && Moment.Micros(send.CreatedAt) < cut)
        .Select(send => send.Owner);

    private IEnumerable<OwnerKey> Merging(long cut) => tables.Contacts.All
        .Where(cell => IsOpen(cell) && cell.MergedAt < cut)
        .Select(cell => OwnerKey.ContactsOf(cell.Row.Tenant));
}
