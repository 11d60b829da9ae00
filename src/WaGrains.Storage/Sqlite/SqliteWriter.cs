using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Writes one change into the open transaction, or says what stands against it.</summary>
internal sealed class SqliteWriter(SqliteLink link)
{
    private readonly SqliteMessageWriter _messages = new(link);
    private readonly SqliteQueueWriter _queue = new(link);
    private readonly SqliteContactWriter _contacts = new(link);
    private readonly SqliteSmallWriter _small = new(link);
    private readonly SqliteBulkWriter _bulk = new(link);

    public SqliteStateWriter States { get; } = new(link);

    public Obstacle? Write(Change change) => Poison.Find(change) ?? change switch
    {
        StateWritten written => States.Write(written, written.Version - 1),
        MessageAdded added => _messages.Add(added.Row),
        StatusRaised raised => _messages.Raise(raised),
        QueueRowAdded added => _queue.Add(added.Row),
        AttemptStarted started => _queue.Start(started),
        AttemptEnded ended => _queue.End(ended),
        QueueRowReturned returned => _queue.Return(returned),
        QueueRowRemoved removed => _queue.Remove(removed),
        SendWithdrawn withdrawn => _queue.Withdraw(withdrawn) ? _messages.Raise(Cancelled(withdrawn)) : null,
        ContactAdded added => _contacts.Add(added),
        IdentityAdded added => _contacts.Add(added),
        IdentityMoved moved => _contacts.Move(moved),
        IdentityReleased released => _contacts.Release(released),
        ContactMerged merged => _contacts.Merge(merged),
        ContactMergeDone done => _contacts.MergeDone(done),
        OfferOpened opened => _small.Open(opened),
        OfferClosed closed => _small.Close(closed),
        TimerSet timer => _small.Set(timer),
        TimerCleared timer => _small.Clear(timer),
        AlertRaised alert => _small.Raise(alert),
        PaceChanged pace => _small.Note(pace),
        RawKept raw => _small.Keep(raw),
        DeadLettered dead => _small.Keep(dead),
        IdempotencyKept kept => _small.Keep(kept),
        BulkRecipientsAdded added => _bulk.Add(added),
        BulkRecipientSettled settled => _bulk.Settle(settled),
        BulkRecipientsDropped dropped => _bulk.Drop(dropped),
        BulkRecipientsRemoved removed => _bulk.Remove(removed),
        BudgetReserved reserved => SqliteBudget.Put(link, reserved.Row),
        BudgetReleased released => SqliteBudget.Remove(link, released),
        ApiKeyAdded key => _small.Add(key),
        ApiKeyRevoked key => _small.Revoke(key),
        _ => throw new NotSupportedException($"No table takes {change.GetType().Name}."),
    };

    private static StatusRaised Cancelled(SendWithdrawn withdrawn) => new(
        withdrawn.Tenant, withdrawn.Message, MessageStatus.Cancelled, withdrawn.At, null, null, null, null);
}
