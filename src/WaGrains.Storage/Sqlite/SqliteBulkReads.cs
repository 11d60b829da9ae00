using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Bulk sends and their recipients.</summary>
internal static class SqliteBulkReads
{
    public static BulkSendState? One(SqliteLink link, TenantId tenant, BulkSendId id) => link
        .Statement("SELECT state FROM bulk_send WHERE tenant = ? AND id = ?")
        .Set(tenant.Value)
        .Set(id.Value)
        .One(SqliteActivationReads.State<BulkSendState>);

    public static IReadOnlyList<BulkSendState> List(SqliteLink link, TenantId tenant, BulkSendId? before, int most) =>
        link.Statement("SELECT state FROM bulk_send WHERE tenant = ? AND id < ? ORDER BY id DESC LIMIT ?")
            .Set(tenant.Value)
            .Set(before is { } known ? (long)known.Value : long.MaxValue)
            .Set((long)StoreLimits.Page(most))
            .All(SqliteActivationReads.State<BulkSendState>);

    public static IReadOnlyList<BulkRecipient> Pending(
        SqliteLink link, TenantId tenant, BulkSendId id, int from, int most) => link
        .Statement("""
            SELECT position, recipient, variables FROM bulk_recipient
            WHERE tenant = ? AND send = ? AND position >= ? AND outcome = 0 ORDER BY position LIMIT ?
            """)
        .Set(tenant.Value)
        .Set(id.Value)
        .Set((long)from)
        .Set((long)most)
        .All(Recipient);

    public static IReadOnlyList<QueuedOfSend> Queued(
        SqliteLink link, TenantId tenant, BulkSendId id, IReadOnlyList<PhoneNumberId> numbers, int most) =>
    [
        .. numbers.SelectMany(number => link
            .Statement("""
                SELECT message FROM send_queue WHERE tenant = ? AND number = ? AND send = ? ORDER BY message LIMIT ?
                """)
            .Set(tenant.Value)
            .Set(number.Value)
            .Set(id.Value)
            .Set((long)most)
            .All(row => new QueuedOfSend(number, new MessageId(row.Id(0))))).Take(most),
    ];

    public static BulkTally Tally(SqliteLink link, TenantId tenant, BulkSendId id)
    {
        var outcomes = link.Statement("""
                SELECT outcome, code, count(*) FROM bulk_recipient WHERE tenant = ? AND send = ? GROUP BY outcome, code
                """)
            .Set(tenant.Value)
            .Set(id.Value)
            .All(row => ((BulkOutcome)row.Int(0), row.TextOrNull(1), row.Int(2)));
        var statuses = link.Statement("""
                SELECT message.status, count(*) FROM bulk_recipient
                JOIN message ON message.tenant = bulk_recipient.tenant AND message.id = bulk_recipient.message
                WHERE bulk_recipient.tenant = ? AND send = ? AND outcome = 1 GROUP BY message.status
                """)
            .Set(tenant.Value)
            .Set(id.Value)
            .All(row => ((MessageStatus)row.Int(0), row.Int(1)));
        return new BulkTally(
            outcomes.ToDictionary(row => (row.Item1, row.Item2), row => row.Item3),
            statuses.ToDictionary(row => row.Item1, row => row.Item2));
    }

    public static IReadOnlyList<BulkResult> Results(SqliteLink link, BulkResultFilter filter)
    {
        var rows = link.Statement($"""
                SELECT position, recipient, variables, outcome, code, message FROM bulk_recipient
                WHERE tenant = ? AND send = ? AND position > ?
                    {(filter.Outcome is { } outcome ? $"AND outcome = {(int)outcome}" : "")}
                ORDER BY position LIMIT ?
                """)
            .Set(filter.Tenant.Value)
            .Set(filter.Send.Value)
            .Set((long)filter.After)
            .Set((long)StoreLimits.Page(filter.Most))
            .All(row => (
                Recipient: Recipient(row), Outcome: (BulkOutcome)row.Int(3), Code: row.TextOrNull(4),
                Message: row.IsNull(5) ? default(MessageId?) : new MessageId(row.Id(5))));
        return
        [
            .. rows.Select(row => new BulkResult(
                row.Recipient,
                row.Outcome,
                row.Code,
                row.Message is { } message ? SqliteMessageReads.One(link, filter.Tenant, message) : null)),
        ];
    }

    public static IReadOnlyList<ConversationState> ConversationsOf(
        SqliteLink link, TenantId tenant, IReadOnlyCollection<ContactId> contacts,
        IReadOnlyCollection<PhoneNumberId> numbers)
    {
        var of = link.Statement(
            "SELECT state FROM conversation INDEXED BY conversation_contact WHERE tenant = ? AND contact = ?");
        return
        [
            .. contacts.Distinct()
                .SelectMany(contact => of.Set(tenant.Value).Set(contact.Value)
                    .All(SqliteActivationReads.State<ConversationState>))
                .Where(state => numbers.Contains(state.Id.Number)),
        ];
    }

    public static int AttemptsStarted(
        SqliteLink link, TenantId tenant, PhoneNumberId number, DateTimeOffset from, DateTimeOffset until, int most) =>
        link.Statement("""
                SELECT count(*) FROM (
                    SELECT 1 FROM attempt INDEXED BY attempt_number
                    WHERE tenant = ? AND number = ? AND started_at >= ? AND started_at < ? LIMIT ?)
                """)
            .Set(tenant.Value)
            .Set(number.Value)
            .Set(Moment.Micros(from))
            .Set(Moment.Micros(until))
            .Set((long)most)
            .One(row => row.Int(0));

    private static BulkRecipient Recipient(SqliteStatement row) =>
        new(row.Int(0), row.Text(1), row.IsNull(2) ? null : BulkColumns.Variables(row.Bytes(2)));
}
