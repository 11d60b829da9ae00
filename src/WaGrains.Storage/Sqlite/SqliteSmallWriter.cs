using WaGrains.Domain.Agents;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>
/// Writes the small tables: offers, timers, alerts, pace histories, raw items, dead letters, idempotency and API
/// keys.
/// </summary>
internal sealed class SqliteSmallWriter(SqliteLink link)
{
    public Obstacle? Open(OfferOpened opened)
    {
        link.Statement("""
                INSERT INTO offer (tenant, agent, conversation, offer, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET offer = excluded.offer, at = excluded.at WHERE offer < excluded.offer
                """)
            .Set(opened.Tenant.Value)
            .Set(opened.Agent.Value)
            .Set(opened.Conversation.Value)
            .Set(opened.Offer)
            .Set(Moment.Micros(opened.At))
            .Run();
        return null;
    }

    public Obstacle? Close(OfferClosed closed)
    {
        link.Statement("DELETE FROM offer WHERE tenant = ? AND agent = ? AND conversation = ? AND offer = ?")
            .Set(closed.Tenant.Value)
            .Set(closed.Agent.Value)
            .Set(closed.Conversation.Value)
            .Set(closed.Offer)
            .Run();
        return null;
    }

    public Obstacle? Set(TimerSet timer)
    {
        link.Statement("""
                INSERT INTO due_timer (kind, tenant, owner, name, due_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET due_at = excluded.due_at
                """)
            .Set((long)timer.Owner.Kind)
            .Set(timer.Owner.Tenant.Value)
            .Set(timer.Owner.Id)
            .Set(timer.Name)
            .Set(Moment.Micros(timer.DueAt))
            .Run();
        return null;
    }

    public Obstacle? Clear(TimerCleared timer)
    {
        link.Statement("DELETE FROM due_timer WHERE kind = ? AND tenant = ? AND owner = ? AND name = ?")
            .Set((long)timer.Owner.Kind)
            .Set(timer.Owner.Tenant.Value)
            .Set(timer.Owner.Id)
            .Set(timer.Name)
            .Run();
        return null;
    }

    public Obstacle? Raise(AlertRaised alert)
    {
        link.Statement("""
                INSERT INTO alert (tenant, id, at, kind, subject, detail, severity)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .Set(alert.Tenant.Value)
            .Set(alert.Id.Value)
            .Set(Moment.Micros(alert.At))
            .Set(alert.Kind)
            .Set(alert.Subject)
            .Set(alert.Detail)
            .Set((long)alert.Severity)
            .Run();
        return null;
    }

    public Obstacle? Note(PaceChanged pace)
    {
        link.Statement("""
                INSERT INTO pace_change
                    (tenant, number, entry, at, cause, binding, before_per_minute, after_per_minute)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .Set(pace.Tenant.Value)
            .Set(pace.Number.Value)
            .Set(pace.Entry)
            .Set(Moment.Micros(pace.At))
            .Set(pace.Cause)
            .Set((long)pace.Binding)
            .Set(pace.Before)
            .Set(pace.After)
            .Run();
        return null;
    }

    public Obstacle? Keep(RawKept raw)
    {
        link.Statement("""
                INSERT INTO raw_webhook (tenant, id, field, reason, payload)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .Set(raw.Tenant.Value)
            .Set(raw.Id.Value)
            .Set(raw.Field)
            .Set(raw.Reason)
            .Set(raw.Payload.Span)
            .Run();
        return null;
    }

    public Obstacle? Keep(DeadLettered dead)
    {
        link.Statement("""
                INSERT INTO dead_letter (kind, tenant, owner, message, error, payload, at) VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
            .Set((long)dead.Owner.Kind)
            .Set(dead.Owner.Tenant.Value)
            .Set(dead.Owner.Id)
            .Set(dead.Message)
            .Set(dead.Error)
            .Set(dead.Payload.Span)
            .Set(Moment.Micros(dead.At))
            .Run();
        return null;
    }

    public Obstacle? Keep(IdempotencyKept kept)
    {
        var answer = Poison.Json(Table.Idempotency, kept.Answer);
        var at = Moment.Micros(kept.At);
        var changed = link.Statement("""
                INSERT INTO idempotency (tenant, key, body_hash, answer, at) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET body_hash = ?3, answer = ?4, at = ?5 WHERE at < ?6
                """)
            .Set(kept.Tenant.Value)
            .Set(kept.Key)
            .Set(kept.BodyHash)
            .Set(answer)
            .Set(at)
            .Set(at - (long)StoreLimits.IdempotencyKept.TotalMicroseconds)
            .Run();
        return changed == 1 ? null : Obstacle.Conflict(Table.Idempotency);
    }

    public Obstacle? Add(ApiKeyAdded key)
    {
        var changed = link.Statement("""
                INSERT INTO api_key (hash, tenant, name, role, agent, at)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .Set(key.Hash)
            .Set(key.Tenant.Value)
            .Set(key.Name)
            .Set((long)key.Role)
            .Set(key.Agent?.Value)
            .Set(Moment.Micros(key.At))
            .Run();
        return changed == 1 ? null : Obstacle.Conflict(Table.ApiKey);
    }

    public Obstacle? Revoke(ApiKeyRevoked key)
    {
        link.Statement("UPDATE api_key SET revoked = 1 WHERE tenant = ? AND hash = ?")
            .Set(key.Tenant.Value)
            .Set(key.Hash)
            .Run();
        return null;
    }
}
