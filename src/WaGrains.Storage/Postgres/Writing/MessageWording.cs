using System.Runtime.InteropServices;
using Npgsql;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>
/// How messages of one part of the archive are written: straight into the month's own table, which saves finding it
/// again for every row and locking all others.
/// </summary>
internal sealed class MessageWording(ArchivePart part)
{
    public Wording<NewMessage> Add { get; } = new(
        Step.Message,
        $"""
        INSERT INTO {part.Table} (class, tenant, id, conversation, direction, kind, status, status_at, wamid,
            context_wamid, author, text, is_content, payload)
        SELECT {part.Class}, * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """,
        Obstacle.Conflict(Table.Message),
        (a, b) => InOrder(a.Row.Tenant, a.Row.Id, b.Row.Tenant, b.Row.Id),
        rows => [
            Columns.Texts(rows, row => row.Row.Tenant.Value),
            Columns.Ids(rows, row => row.Row.Id.Value),
            Columns.Ids(rows, row => row.Row.Conversation.Value),
            Columns.Shorts(rows, row => (int)row.Row.Direction),
            Columns.Texts(rows, row => row.Row.Kind),
            Columns.Shorts(rows, row => row.Row.Status.Rank()),
            Columns.Longs(rows, row => Moment.Micros(row.Row.Id.At)),
            Columns.Texts(rows, row => row.Row.Wamid),
            Columns.Texts(rows, row => row.Row.ContextWamid),
            Columns.Texts(rows, row => row.Row.Author),
            Columns.Texts(rows, row => row.Row.Text),
            Columns.Flags(rows, row => row.IsContent),
            Columns.Bytes(rows, row => row.Payload)]);

    public Wording<NewStatus> Raise { get; } = new(
        Step.Status,
        $"""
        UPDATE {part.Table} AS m SET status = greatest(m.status, i.status),
            status_at = CASE WHEN m.status < i.status THEN i.at ELSE m.status_at END,
            sent_at = CASE WHEN m.status < i.status AND i.status = {MessageStatus.Sent.Rank()} THEN i.at
                ELSE m.sent_at END,
            delivered_at = CASE WHEN m.status < i.status AND i.status = {MessageStatus.Delivered.Rank()} THEN i.at
                ELSE m.delivered_at END,
            wamid = coalesce(m.wamid, i.wamid),
            error = CASE WHEN m.status < i.status THEN i.error ELSE m.error END,
            pricing = CASE WHEN m.status < i.status THEN coalesce(i.pricing, m.pricing) ELSE m.pricing END
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS i(tenant, id, status, at, wamid, error, pricing)
        WHERE m.tenant = i.tenant AND m.id = i.id {part.ClassOf("m")}
            AND (m.status < i.status OR (m.wamid IS NULL AND i.wamid IS NOT NULL))
        """,
        Obstacle.Conflict(Table.Message),
        (a, b) => InOrder(a.Raised.Tenant, a.Raised.Message, b.Raised.Tenant, b.Raised.Message),
        Statuses);

    /// <summary>What is said of one attempt leaves a message alone that waits again or is at another (MUST
    /// D2).</summary>
    public Wording<NewStatus> Fail { get; } = new(
        Step.Status,
        $"""
        UPDATE {part.Table} AS m SET status = i.status, status_at = i.at, wamid = coalesce(m.wamid, i.wamid),
            error = i.error, pricing = coalesce(i.pricing, m.pricing)
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            AS i(tenant, id, status, at, wamid, error, pricing, number, attempt)
        WHERE m.tenant = i.tenant AND m.id = i.id {part.ClassOf("m")} AND m.status < i.status
            AND NOT EXISTS (
                SELECT 1 FROM send_queue AS q
                WHERE q.tenant = i.tenant AND q.number = i.number AND q.message = i.id
                    AND (q.phase <> 1 OR q.attempt <> i.attempt))
        """,
        Obstacle.Conflict(Table.Message),
        (a, b) => InOrder(a.Raised.Tenant, a.Raised.Message, b.Raised.Tenant, b.Raised.Message),
        rows => [
            .. Statuses(rows),
            Columns.Longs(rows, row => row.Raised.Of!.Value.Number.Value),
            Columns.Longs(rows, row => row.Raised.Of!.Value.Attempt)]);

    public Wording<SendWithdrawn> Withdraw { get; } = new(
        Step.Withdrawal,
        $"""
        WITH gone AS (
            DELETE FROM send_queue AS q USING unnest($1, $2, $3, $4) AS i(tenant, number, message, at)
            WHERE q.tenant = i.tenant AND q.number = i.number AND q.message = i.message AND q.phase = 0
            RETURNING q.tenant, q.message, i.at),
        last AS (
            UPDATE send_queue AS q SET deadline = q.queued_at FROM unnest($1, $2, $3) AS i(tenant, number, message)
            WHERE q.tenant = i.tenant AND q.number = i.number AND q.message = i.message AND q.phase = 1)
        UPDATE {part.Table} AS m SET status = {MessageStatus.Cancelled.Rank()}, status_at = gone.at, error = NULL
        FROM gone WHERE m.tenant = gone.tenant AND m.id = gone.message {part.ClassOf("m")}
            AND m.status < {MessageStatus.Cancelled.Rank()}
        """,
        Obstacle.Conflict(Table.SendQueue),
        (a, b) => InOrder(a.Tenant, a.Message, b.Tenant, b.Message),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Number.Value),
            Columns.Ids(rows, row => row.Message.Value),
            Columns.Longs(rows, row => Moment.Micros(row.At))]);

    private static NpgsqlParameter[] Statuses(IReadOnlyList<NewStatus> rows) =>
    [
        Columns.Texts(rows, row => row.Raised.Tenant.Value),
        Columns.Ids(rows, row => row.Raised.Message.Value),
        Columns.Shorts(rows, row => row.Raised.Status.Rank()),
        Columns.Longs(rows, row => Moment.Micros(row.Raised.At)),
        Columns.Texts(rows, row => row.Raised.Wamid),
        Columns.Bytes(rows, row => row.Error),
        Columns.Texts(rows, row => row.Raised.Pricing),
    ];

    private static int InOrder(TenantId tenant, MessageId message, TenantId otherTenant, MessageId other)
    {
        var tenants = tenant.CompareTo(otherTenant);
        return tenants != 0 ? tenants : message.CompareTo(other);
    }
}

/// <summary>A message with the bytes of its body.</summary>
internal sealed record NewMessage(MessageRow Row, byte[] Payload, bool IsContent)
{
    /// <exception cref="UnwritableException">The body has no stored form.</exception>
    public static NewMessage Of(MessageRow row) => row.Payload.Content is { } content
        ? new NewMessage(row, Poison.Json(Table.Message, content), IsContent: true)
        : new NewMessage(row, RawBytes.Of(row.Payload.Raw), IsContent: false);
}

/// <summary>A status with the bytes of its error.</summary>
internal sealed record NewStatus(StatusRaised Raised, byte[]? Error)
{
    /// <exception cref="UnwritableException">The error has no stored form.</exception>
    public static NewStatus Of(StatusRaised raised) =>
        new(raised, raised.Error is null ? null : Poison.Json(Table.Message, raised.Error));
}

/// <summary>Bytes as the array the driver wants; a copy only where they are part of a larger one.</summary>
internal static class RawBytes
{
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment)
            && segment is { Offset: 0, Array: { } whole }
            && whole.Length == segment.Count
                ? whole
                : bytes.ToArray();
}
