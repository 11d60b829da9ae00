using Npgsql;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>Reads of the archive: by id straight from the month's table, lists from all that may hold a row.</summary>
internal static class PostgresMessageReads
{
    private const string Row = """
        tenant, id, conversation, direction, kind, status, wamid, context_wamid, author, text, is_content, payload,
        status_at, error, pricing, sent_at, delivered_at
        """;

    public static async Task<IReadOnlyList<MessageId>> Known(
        PostgresQuery query, Archive archive, TenantId tenant, IReadOnlyList<MessageId> ids)
    {
        var found = await Some(query, archive, tenant, ids, "id", "", row => new MessageId(row.Id(0)));
        HashSet<MessageId> known = [.. found];
        return [.. ids.Distinct().Where(known.Contains)];
    }

    public static async Task<StoredMessage?> One(
        PostgresQuery query, Archive archive, TenantId tenant, MessageId id) =>
        await Some(query, archive, tenant, [id], Row, "", Read) is [var message] ? message : null;

    /// <summary>Those of these messages that there are, by id.</summary>
    public static async Task<IReadOnlyDictionary<MessageId, StoredMessage>> These(
        PostgresQuery query, Archive archive, TenantId tenant, IReadOnlyList<MessageId> ids) =>
        (await Some(query, archive, tenant, ids, Row, "", Read)).ToDictionary(message => message.Row.Id);

    /// <summary>Those of these messages that there are, table by table. One look-up per id and not a list of ids: for a
    /// list, a plan made while the month was young reads all that the tenant has, and goes on doing so.</summary>
    public static async Task<IReadOnlyList<T>> Some<T>(
        PostgresQuery query,
        Archive archive,
        TenantId tenant,
        IReadOnlyList<MessageId> ids,
        string columns,
        string condition,
        Func<PostgresRow, T> read)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var map = await archive.ForReading(query.Connection, tenant, query.Cancel);
        List<T> found = [];
        foreach (var part in ids.Distinct().GroupBy(id => map.Of(tenant, id)))
        {
            found.AddRange(await query.All(
                $"""
                SELECT {columns} FROM unnest($2) AS asked(key) CROSS JOIN LATERAL (
                    SELECT * FROM {part.Key.Table} AS m
                    WHERE m.tenant = $1 AND m.id = asked.key {part.Key.ClassOf("m")} OFFSET 0) AS message
                WHERE true {condition}
                """,
                read,
                PostgresQuery.Set(tenant),
                Columns.Ids([.. part], id => id.Value)));
        }

        return found;
    }

    public static async Task<IReadOnlyList<StoredMessage>> List(
        PostgresQuery query, Archive archive, MessageFilter filter)
    {
        var map = await archive.ForReading(query.Connection, filter.Tenant, query.Cancel);
        var classes = string.Join(", ", map.ClassesOf(filter.Tenant));
        var page = $"""
            AND class IN ({classes}) AND id BETWEEN $2 AND $3
            {(filter.Direction is { } direction ? $"AND direction = {(int)direction}" : "")}
            {(filter.Status is { } status ? $"AND status = {status.Rank()}" : "")}
            ORDER BY id DESC LIMIT {StoreLimits.Page(filter.Most)}
            """;
        NpgsqlParameter[] bounds =
        [
            PostgresQuery.Set(filter.Tenant),
            PostgresQuery.Set(filter.Since is { } since ? MessageId.First(since).Value : UInt128.Zero),
            PostgresQuery.Set(filter.Before is { } before ? Below(before) : UInt128.MaxValue),
        ];
        return filter.Conversations.Count == 0
            ? await query.All($"SELECT {Row} FROM message WHERE tenant = $1 {page}", Read, bounds)
            : await query.All(
                $"""
                SELECT page.* FROM unnest($4) AS one(conversation_id) CROSS JOIN LATERAL (
                    SELECT {Row} FROM message WHERE tenant = $1 AND conversation = one.conversation_id {page}) AS page
                ORDER BY id DESC LIMIT {StoreLimits.Page(filter.Most)}
                """,
                Read,
                [.. bounds, Columns.Ids([.. filter.Conversations.Distinct()], id => id.Value)]);
    }

    public static async Task<IReadOnlyList<StoredAttempt>> Attempts(
        PostgresQuery query, TenantId tenant, MessageId id) => await query.All(
        """
        SELECT n, started_at, ended_at, outcome, code, wamid FROM attempt WHERE tenant = $1 AND message = $2 ORDER BY n
        """,
        row => new StoredAttempt(
            row.Int(0),
            Moment.At(row.Long(1)),
            Moment.At(row.LongOrNull(2)),
            row.TextOrNull(3),
            row.Int(4),
            row.TextOrNull(5)),
        PostgresQuery.Set(tenant),
        PostgresQuery.Set(id.Value));

    /// <summary>The last id before this one. Nothing is before 0, and no message has that id.</summary>
    public static UInt128 Below(MessageId before) => before.Value == 0 ? 0 : before.Value - 1;

    private static StoredMessage Read(PostgresRow row)
    {
        var payload = row.Flag(10)
            ? new MessagePayload(default, StoredJson.Read<MessageContent>(row.Bytes(11)))
            : new MessagePayload(row.Bytes(11), null);
        var message = new MessageRow(
            row.Tenant(0),
            new MessageId(row.Id(1)),
            ConversationId.FromValue(row.Id(2)),
            (Direction)row.Int(3),
            row.Text(4),
            (MessageStatus)row.Int(5),
            row.TextOrNull(6),
            row.TextOrNull(7),
            row.Text(8),
            row.Text(9),
            payload);
        var error = row.IsNull(13) ? null : StoredJson.Read<SendError>(row.Bytes(13));
        return new StoredMessage(message, Moment.At(row.Long(12)), error, row.TextOrNull(14))
        {
            SentAt = Moment.At(row.LongOrNull(15)),
            DeliveredAt = Moment.At(row.LongOrNull(16)),
        };
    }
}
