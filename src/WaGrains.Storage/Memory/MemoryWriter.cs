using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>Writes one change, or says what stands against it.</summary>
internal sealed class MemoryWriter(MemoryTables tables)
{
    private readonly MemoryStateWriter _states = new(tables);
    private readonly MemorySendingWriter _sending = new(tables);
    private readonly MemoryContactWriter _contacts = new(tables);
    private readonly MemoryBulk _bulk = new(tables);
    private readonly MemoryBudget _budget = new(tables);

    public Obstacle? Write(Change change) => Poison.Find(change) ?? change switch
    {
        StateWritten written => _states.Write(written),
        MessageAdded added => _sending.Add(added.Row),
        StatusRaised raised => _sending.Raise(raised),
        QueueRowAdded added => _sending.Enqueue(added.Row),
        AttemptStarted started => _sending.Start(started),
        AttemptEnded ended => _sending.End(ended),
        QueueRowReturned returned => _sending.Return(returned),
        QueueRowRemoved removed => _sending.Remove(removed),
        SendWithdrawn withdrawn => _sending.Withdraw(withdrawn),
        ContactAdded added => _contacts.Add(added),
        IdentityAdded added => _contacts.Add(added),
        IdentityMoved moved => _contacts.Move(moved),
        IdentityReleased released => _contacts.Release(released),
        ContactMerged merged => _contacts.Merge(merged),
        ContactMergeDone done => _contacts.MergeDone(done),
        OfferOpened opened => Open(opened),
        OfferClosed closed => Close(closed),
        TimerSet timer => Set(timer),
        TimerCleared timer => Clear(timer),
        AlertRaised alert => Raise(alert),
        PaceChanged pace => Note(pace),
        RawKept raw => Keep(raw),
        DeadLettered dead => Keep(dead),
        IdempotencyKept kept => Keep(kept),
        BulkRecipientsAdded added => _bulk.Add(added),
        BulkRecipientSettled settled => _bulk.Settle(settled),
        BulkRecipientsDropped dropped => _bulk.Drop(dropped),
        BulkRecipientsRemoved removed => _bulk.Remove(removed),
        BudgetReserved reserved => _budget.Put(reserved),
        BudgetReleased released => _budget.Remove(released),
        ApiKeyAdded key => Add(key),
        ApiKeyRevoked key => Revoke(key),
        _ => throw new NotSupportedException($"No table takes {change.GetType().Name}."),
    };

    private Obstacle? Open(OfferOpened opened)
    {
        var key = (opened.Tenant, opened.Agent.Value, opened.Conversation.Value);
        if (tables.Offers.Find(key) is not { } stands || stands.Offer < opened.Offer)
        {
            tables.Offers.Set(key, opened with { At = Moment.Cut(opened.At) });
        }

        return null;
    }

    private Obstacle? Close(OfferClosed closed)
    {
        var key = (closed.Tenant, closed.Agent.Value, closed.Conversation.Value);
        if (tables.Offers.Find(key)?.Offer == closed.Offer)
        {
            tables.Offers.Remove(key);
        }

        return null;
    }

    private Obstacle? Set(TimerSet timer)
    {
        Clear(new TimerCleared(timer.Owner, timer.Name));
        var (kind, tenant, id) = timer.Owner;
        tables.Timers.Set((kind, tenant, id, timer.Name), timer with { DueAt = Moment.Cut(timer.DueAt) });
        tables.TimersByTime.Set((Moment.Micros(timer.DueAt), kind, tenant, id, timer.Name), true);
        return null;
    }

    private Obstacle? Clear(TimerCleared timer)
    {
        var (kind, tenant, id) = timer.Owner;
        if (tables.Timers.TryGet((kind, tenant, id, timer.Name), out var stands))
        {
            tables.Timers.Remove((kind, tenant, id, timer.Name));
            tables.TimersByTime.Remove((Moment.Micros(stands.DueAt), kind, tenant, id, timer.Name));
        }

        return null;
    }

    private Obstacle? Raise(AlertRaised alert)
    {
        tables.Alerts.Add((alert.Tenant, alert.Id.Value), alert with { At = Moment.Cut(alert.At) });
        return null;
    }

    private Obstacle? Note(PaceChanged pace)
    {
        tables.PaceChanges.Add(
            (pace.Tenant, pace.Number.Value, pace.Entry), pace with { At = Moment.Cut(pace.At) });
        return null;
    }

    private Obstacle? Keep(RawKept raw)
    {
        tables.RawWebhooks.Add((raw.Tenant, raw.Id.Value), raw with { Payload = raw.Payload.ToArray() });
        return null;
    }

    private Obstacle? Keep(DeadLettered dead)
    {
        var kept = dead with { Payload = dead.Payload.ToArray(), At = Moment.Cut(dead.At) };
        tables.DeadLetters.Set(tables.DeadLetters.Count + 1, kept);
        return null;
    }

    private Obstacle? Keep(IdempotencyKept kept)
    {
        var at = Moment.Micros(kept.At);
        var span = (long)StoreLimits.IdempotencyKept.TotalMicroseconds;
        if (tables.Idempotency.Find((kept.Tenant, kept.Key)) is { } stands && stands.At >= at - span)
        {
            return Obstacle.Conflict(Table.Idempotency);
        }

        var answer = Poison.Json(Table.Idempotency, kept.Answer);
        tables.Idempotency.Set((kept.Tenant, kept.Key), new IdempotencyCell(kept.BodyHash, answer, at));
        return null;
    }

    private Obstacle? Add(ApiKeyAdded key) =>
        tables.ApiKeys.Add(key.Hash, new ApiKeyCell(key with { At = Moment.Cut(key.At) }, Revoked: false))
            ? null
            : Obstacle.Conflict(Table.ApiKey);

    private Obstacle? Revoke(ApiKeyRevoked key)
    {
        if (tables.ApiKeys.Find(key.Hash) is { } stands && stands.Row.Tenant == key.Tenant)
        {
            tables.ApiKeys.Set(key.Hash, stands with { Revoked = true });
        }

        return null;
    }
}
