using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>What numbers come to life from: the queue's rows, and their contents from the archive.</summary>
internal static class PostgresNumberReads
{
    public static async Task<StoredNumber?> Number(
        PostgresQuery query, Archive archive, TenantId tenant, PhoneNumberId id, DateTimeOffset attemptsSince)
    {
        var state = await PostgresDirectoryReads.NumberState(query, tenant, id);
        if (state is null)
        {
            return null;
        }

        var queue = await Queue(query, archive, tenant, id);
        return new StoredNumber(state, queue, await Recent(query, tenant, id, attemptsSince));
    }

    private static async Task<List<QueuedSend>> Queue(
        PostgresQuery query, Archive archive, TenantId tenant, PhoneNumberId id)
    {
        var rows = await query.All(
            """
            SELECT message, conversation, ordinal, lane, queued_at, deadline, window_closes_at, to_phone, to_user_id,
                context_wamid, attempt, phase, attempt_at, not_before, send
            FROM send_queue WHERE tenant = $1 AND number = $2 ORDER BY queued_at, message
            """,
            row => QueueRowOf(row, tenant, id),
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value));
        var contents = await PostgresMessageReads.Some(
            query,
            archive,
            tenant,
            [.. rows.Select(row => row.Message)],
            "id, status, payload",
            "AND is_content",
            row => (Id: row.Id(0), Status: (MessageStatus)row.Int(1), Content: row.Bytes(2)));
        var found = contents.ToDictionary(row => row.Id);
        return
        [
            .. rows.Where(row => found.ContainsKey(row.Message.Value)).Select(row => new QueuedSend(
                row,
                StoredJson.Read<MessageContent>(found[row.Message.Value].Content),
                found[row.Message.Value].Status)),
        ];
    }

    private static QueueRow QueueRowOf(PostgresRow row, TenantId tenant, PhoneNumberId number) => new(
        tenant,
        number,
        new MessageId(row.Id(0)),
        ConversationId.FromValue(row.Id(1)),
        row.Long(2),
        (Lane)row.Int(3),
        Moment.At(row.Long(4)),
        Moment.At(row.Long(5)),
        Moment.At(row.LongOrNull(6)),
        new Recipient(row.TextOrNull(7), row.TextOrNull(8)),
        row.TextOrNull(9),
        row.Int(10),
        (QueuePhase)row.Int(11),
        Moment.At(row.LongOrNull(12)),
        Moment.At(row.LongOrNull(13)))
    {
        Send = row.IsNull(14) ? null : new BulkSendId(row.ULong(14)),
    };

    private static async Task<List<RecentAttempt>> Recent(
        PostgresQuery query, TenantId tenant, PhoneNumberId id, DateTimeOffset since) => await query.All(
        """
        SELECT conversation, started_at FROM attempt WHERE tenant = $1 AND number = $2 AND started_at >= $3
        ORDER BY started_at, message, n
        """,
        row => new RecentAttempt(ConversationId.FromValue(row.Id(0)), Moment.At(row.Long(1))),
        PostgresQuery.Set(tenant),
        PostgresQuery.Set(id.Value),
        PostgresQuery.Set(Moment.Micros(since)));
}
