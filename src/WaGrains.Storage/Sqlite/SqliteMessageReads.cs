using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>
/// Reads of the archive. Here and elsewhere an index is named where SQLite, which keeps no statistics of ours, would
/// rather walk through a tenant.
/// </summary>
internal static class SqliteMessageReads
{
    private const string Columns = """
        SELECT tenant, id, conversation, direction, kind, status, wamid, context_wamid, author, text, is_content,
            payload, status_at, error, pricing, sent_at, delivered_at
        FROM message
        """;

    public static IReadOnlyList<MessageId> Known(SqliteLink link, TenantId tenant, IReadOnlyList<MessageId> ids)
    {
        var known = link.Statement("SELECT 1 FROM message WHERE tenant = ? AND id = ?");
        return [.. ids.Distinct().Where(id => known.Set(tenant.Value).Set(id.Value).One(_ => true))];
    }

    public static StoredMessage? One(SqliteLink link, TenantId tenant, MessageId id) => link
        .Statement(Columns + " WHERE tenant = ? AND id = ?")
        .Set(tenant.Value)
        .Set(id.Value)
        .One(Read);

    public static IReadOnlyList<StoredMessage> List(SqliteLink link, MessageFilter filter)
    {
        if (filter.Conversations.Count == 0)
        {
            var all = link.Statement(Columns + " WHERE tenant = ?1 AND id BETWEEN ?2 AND ?3" + PageFrom(4));
            return Bind(all.Set(filter.Tenant.Value), filter).All(Read);
        }

        var some = link.Statement(Columns
            + " INDEXED BY message_conversation WHERE tenant = ?1 AND conversation = ?2 AND id BETWEEN ?3 AND ?4"
            + PageFrom(5));
        return
        [
            .. filter.Conversations.Distinct()
                .SelectMany(of => Bind(some.Set(filter.Tenant.Value).Set(of.Value), filter).All(Read))
                .OrderByDescending(message => message.Row.Id)
                .Take(StoreLimits.Page(filter.Most)),
        ];
    }

    public static IReadOnlyList<StoredAttempt> Attempts(SqliteLink link, TenantId tenant, MessageId id) => link
        .Statement("""
            SELECT n, started_at, ended_at, outcome, code, wamid
            FROM attempt WHERE tenant = ? AND message = ? ORDER BY n
            """)
        .Set(tenant.Value)
        .Set(id.Value)
        .All(row => new StoredAttempt(
            row.Int(0),
            Moment.At(row.Long(1)),
            Moment.At(row.LongOrNull(2)),
            row.TextOrNull(3),
            row.Int(4),
            row.TextOrNull(5)));

    private static string PageFrom(int first) => $"""
         AND (?{first} IS NULL OR direction = ?{first}) AND (?{first + 1} IS NULL OR status = ?{first + 1})
        ORDER BY id DESC LIMIT ?{first + 2}
        """;

    private static SqliteStatement Bind(SqliteStatement statement, MessageFilter filter) => statement
        .Set(filter.Since is { } since ? MessageId.First(since).Value : UInt128.Zero)
        .Set(filter.Before is { } before ? Below(before) : UInt128.MaxValue)
        .Set((long?)filter.Direction)
        .Set((long?)filter.Status)
        .Set((long)StoreLimits.Page(filter.Most));

    /// <summary>The last id before this one. Nothing is before 0, and no message has that id.</summary>
    public static UInt128 Below(MessageId before) => before.Value == 0 ? 0 : before.Value - 1;

    private static StoredMessage Read(SqliteStatement row)
    {
        var payload = row.Int(10) == 1
            ? new MessagePayload(default, StoredJson.Read<MessageContent>(row.Bytes(11)))
            : new MessagePayload(row.Bytes(11).ToArray(), null);
        var message = new MessageRow(
            TenantId.Parse(row.Text(0)),
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
