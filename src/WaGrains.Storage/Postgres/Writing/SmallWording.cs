using WaGrains.Domain.Agents;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How the small tables are written: offers, timers, alerts, raw items, dead letters, idempotency and API
/// keys.</summary>
internal static class SmallWording
{
    private static readonly Obstacle TakenKey = Obstacle.Conflict(Table.Idempotency);
    private static readonly Obstacle TakenApiKey = Obstacle.Conflict(Table.ApiKey);

    public static readonly Wording<OfferOpened> Offer = new(
        Step.Offer,
        """
        INSERT INTO offer (tenant, agent, conversation, offer, at) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (tenant, agent, conversation) DO UPDATE SET offer = excluded.offer, at = excluded.at
        WHERE offer.offer < excluded.offer
        """,
        Obstacle.Conflict(Table.Offer),
        (a, b) => (a.Tenant, a.Agent.Value, a.Conversation).CompareTo((b.Tenant, b.Agent.Value, b.Conversation)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Agent.Value),
            Columns.Ids(rows, row => row.Conversation.Value),
            Columns.Longs(rows, row => row.Offer),
            Columns.Longs(rows, row => Moment.Micros(row.At))]);

    public static readonly Wording<OfferClosed> OfferEnd = new(
        Step.OfferEnd,
        """
        DELETE FROM offer AS o USING unnest($1, $2, $3, $4) AS i(tenant, agent, conversation, offer)
        WHERE o.tenant = i.tenant AND o.agent = i.agent AND o.conversation = i.conversation AND o.offer = i.offer
        """,
        Obstacle.Conflict(Table.Offer),
        (a, b) => (a.Tenant, a.Agent.Value, a.Conversation).CompareTo((b.Tenant, b.Agent.Value, b.Conversation)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Agent.Value),
            Columns.Ids(rows, row => row.Conversation.Value),
            Columns.Longs(rows, row => row.Offer)]);

    /// <summary>A timer that stays where it is costs nothing.</summary>
    public static readonly Wording<TimerSet> Timer = new(
        Step.Timer,
        """
        INSERT INTO due_timer (kind, tenant, owner, name, due_at) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (kind, tenant, owner, name) DO UPDATE SET due_at = excluded.due_at
        WHERE due_timer.due_at <> excluded.due_at
        """,
        Obstacle.Conflict(Table.DueTimer),
        (a, b) => InOrder(a.Owner, a.Name, b.Owner, b.Name),
        rows => [
            Columns.Shorts(rows, row => (int)row.Owner.Kind),
            Columns.Texts(rows, row => row.Owner.Tenant.Value),
            Columns.Ids(rows, row => row.Owner.Id),
            Columns.Texts(rows, row => row.Name),
            Columns.Longs(rows, row => Moment.Micros(row.DueAt))]);

    public static readonly Wording<TimerCleared> TimerEnd = new(
        Step.TimerEnd,
        """
        DELETE FROM due_timer AS t USING unnest($1, $2, $3, $4) AS i(kind, tenant, owner, name)
        WHERE t.kind = i.kind AND t.tenant = i.tenant AND t.owner = i.owner AND t.name = i.name
        """,
        Obstacle.Conflict(Table.DueTimer),
        (a, b) => InOrder(a.Owner, a.Name, b.Owner, b.Name),
        rows => [
            Columns.Shorts(rows, row => (int)row.Owner.Kind),
            Columns.Texts(rows, row => row.Owner.Tenant.Value),
            Columns.Ids(rows, row => row.Owner.Id),
            Columns.Texts(rows, row => row.Name)]);

    public static readonly Wording<AlertRaised> Alert = new(
        Step.Alert,
        """
        INSERT INTO alert (tenant, id, at, kind, subject, detail, severity)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
        """,
        Obstacle.Conflict(Table.Alert),
        (a, b) => (a.Tenant, a.Id).CompareTo((b.Tenant, b.Id)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Ids(rows, row => row.Id.Value),
            Columns.Longs(rows, row => Moment.Micros(row.At)),
            Columns.Texts(rows, row => row.Kind),
            Columns.Texts(rows, row => row.Subject),
            Columns.Texts(rows, row => row.Detail),
            Columns.Shorts(rows, row => (int)row.Severity)]);

    public static readonly Wording<PaceChanged> Pace = new(
        Step.Pace,
        """
        INSERT INTO pace_change (tenant, number, entry, at, cause, binding, before_per_minute, after_per_minute)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
        """,
        Obstacle.Conflict(Table.PaceChange),
        (a, b) => (a.Tenant, a.Number.Value, a.Entry).CompareTo((b.Tenant, b.Number.Value, b.Entry)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Number.Value),
            Columns.Longs(rows, row => row.Entry),
            Columns.Longs(rows, row => Moment.Micros(row.At)),
            Columns.Texts(rows, row => row.Cause),
            Columns.Shorts(rows, row => (int)row.Binding),
            Columns.Doubles(rows, row => row.Before),
            Columns.Doubles(rows, row => row.After)]);

    public static readonly Wording<RawKept> Raw = new(
        Step.Raw,
        """
        INSERT INTO raw_webhook (tenant, id, field, reason, payload) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING
        """,
        Obstacle.Conflict(Table.RawWebhook),
        (a, b) => (a.Tenant, a.Id).CompareTo((b.Tenant, b.Id)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Ids(rows, row => row.Id.Value),
            Columns.Texts(rows, row => row.Field),
            Columns.Texts(rows, row => row.Reason),
            Columns.Bytes(rows, row => RawBytes.Of(row.Payload))]);

    public static readonly Wording<DeadLettered> DeadLetter = new(
        Step.DeadLetter,
        """
        INSERT INTO dead_letter (kind, tenant, owner, message, error, payload, at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        """,
        Obstacle.Conflict(Table.DeadLetter),
        (a, b) => a.At.CompareTo(b.At),
        rows => [
            Columns.Shorts(rows, row => (int)row.Owner.Kind),
            Columns.Texts(rows, row => row.Owner.Tenant.Value),
            Columns.Ids(rows, row => row.Owner.Id),
            Columns.Texts(rows, row => row.Message),
            Columns.Texts(rows, row => row.Error),
            Columns.Bytes(rows, row => RawBytes.Of(row.Payload)),
            Columns.Longs(rows, row => Moment.Micros(row.At))]);

    public static readonly Wording<KeptAnswer> Idempotency = new(
        Step.Idempotency,
        Wording.All(
            $"""
            INSERT INTO idempotency AS k (tenant, key, body_hash, answer, at) SELECT * FROM unnest($1, $2, $3, $4, $5)
            ON CONFLICT (tenant, key) DO UPDATE SET body_hash = excluded.body_hash, answer = excluded.answer,
                at = excluded.at
            WHERE k.at < excluded.at - {(long)StoreLimits.IdempotencyKept.TotalMicroseconds} RETURNING 1
            """,
            TakenKey),
        TakenKey,
        (a, b) => (a.Kept.Tenant, a.Kept.Key).CompareTo((b.Kept.Tenant, b.Kept.Key)),
        rows => [
            Columns.Texts(rows, row => row.Kept.Tenant.Value),
            Columns.Texts(rows, row => row.Kept.Key),
            Columns.Ids(rows, row => row.Kept.BodyHash),
            Columns.Bytes(rows, row => row.Answer),
            Columns.Longs(rows, row => Moment.Micros(row.Kept.At))]);

    /// <summary>Not by the unique key alone: the server's log would quote the hash.</summary>
    public static readonly Wording<ApiKeyAdded> Key = new(
        Step.Key,
        Wording.All(
            """
            INSERT INTO api_key (hash, tenant, name, role, agent, at) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING RETURNING 1
            """,
            TakenApiKey),
        TakenApiKey,
        (a, b) => string.CompareOrdinal(a.Hash, b.Hash),
        rows => [
            Columns.Texts(rows, row => row.Hash),
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Texts(rows, row => row.Name),
            Columns.Shorts(rows, row => (int)row.Role),
            Columns.LongsOrNull(rows, row => row.Agent?.Value),
            Columns.Longs(rows, row => Moment.Micros(row.At))]);

    public static readonly Wording<ApiKeyRevoked> Revoke = new(
        Step.Revocation,
        """
        UPDATE api_key AS k SET revoked = true FROM unnest($1, $2) AS i(tenant, hash)
        WHERE k.tenant = i.tenant AND k.hash = i.hash
        """,
        TakenApiKey,
        (a, b) => string.CompareOrdinal(a.Hash, b.Hash),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Texts(rows, row => row.Hash)]);

    private static int InOrder(Domain.Ids.OwnerKey owner, string name, Domain.Ids.OwnerKey other, string otherName)
    {
        var owners = (owner.Kind, owner.Tenant, owner.Id).CompareTo((other.Kind, other.Tenant, other.Id));
        return owners != 0 ? owners : string.CompareOrdinal(name, otherName);
    }
}

/// <summary>An answer with its stored form.</summary>
internal sealed record KeptAnswer(IdempotencyKept Kept, byte[] Answer)
{
    /// <exception cref="UnwritableException">The answer has no stored form.</exception>
    public static KeptAnswer Of(IdempotencyKept kept) => new(kept, Poison.Json(Table.Idempotency, kept.Answer));
}
