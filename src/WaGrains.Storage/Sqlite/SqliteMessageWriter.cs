using WaGrains.Domain.Messaging;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Writes messages and how far they have come.</summary>
internal sealed class SqliteMessageWriter(SqliteLink link)
{
    private readonly SqliteStatement _insert = link.Statement("""
        INSERT INTO message (tenant, id, conversation, direction, kind, status, status_at, wamid, context_wamid, author,
            text, is_content, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """);

    private readonly SqliteStatement _raise = link.Statement("""
        UPDATE message SET status = ?1, status_at = ?2, wamid = coalesce(wamid, ?3), error = ?4,
            pricing = coalesce(?5, pricing), sent_at = CASE ?1 WHEN 3 THEN ?2 ELSE sent_at END,
            delivered_at = CASE ?1 WHEN 8 THEN ?2 ELSE delivered_at END
        WHERE tenant = ?6 AND id = ?7 AND status < ?1
        """);

    private readonly SqliteStatement _setWamid = link.Statement(
        "UPDATE message SET wamid = ? WHERE tenant = ? AND id = ? AND wamid IS NULL");

    private readonly SqliteStatement _raiseFailed = link.Statement("""
        UPDATE message SET status = ?1, status_at = ?2, wamid = coalesce(wamid, ?3), error = ?4,
            pricing = coalesce(?5, pricing)
        WHERE tenant = ?6 AND id = ?7 AND status < ?1 AND NOT EXISTS (
            SELECT 1 FROM send_queue q WHERE q.tenant = ?6 AND q.number = ?8 AND q.message = ?7
                AND (q.phase <> 1 OR q.attempt <> ?9))
        """);

    public Obstacle? Add(MessageRow row)
    {
        var content = row.Payload.Content is null ? null : Poison.Json(Table.Message, row.Payload.Content);
        var added = _insert
            .Set(row.Tenant.Value)
            .Set(row.Id.Value)
            .Set(row.Conversation.Value)
            .Set((long)row.Direction)
            .Set(row.Kind)
            .Set((long)row.Status.Rank())
            .Set(Moment.Micros(row.Id.At))
            .Set(row.Wamid)
            .Set(row.ContextWamid)
            .Set(row.Author)
            .Set(row.Text)
            .Set(content is null ? 0L : 1L)
            .Set(content is null ? row.Payload.Raw.Span : content)
            .Run();
        return added == 1 ? null : Obstacle.Conflict(Table.Message);
    }

    public Obstacle? Raise(StatusRaised raised)
    {
        var error = raised.Error is null ? null : Poison.Json(Table.Message, raised.Error);
        var statement = raised.Of is null ? _raise : _raiseFailed;
        statement.Set((long)raised.Status.Rank())
            .Set(Moment.Micros(raised.At))
            .Set(raised.Wamid)
            .Set(error)
            .Set(raised.Pricing)
            .Set(raised.Tenant.Value)
            .Set(raised.Message.Value);
        if (raised.Of is { } of)
        {
            statement.Set(of.Number.Value).Set((long)of.Attempt).Run();
            return null;
        }

        var moved = statement.Run();
        if (moved == 0 && raised.Wamid is not null)
        {
            _setWamid.Set(raised.Wamid).Set(raised.Tenant.Value).Set(raised.Message.Value).Run();
        }

        return null;
    }
}
