using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>Bulk sends and their recipients.</summary>
internal static class PostgresBulkReads
{
    public static Task<BulkSendState?> One(PostgresQuery query, TenantId tenant, BulkSendId id) => query.One(
        "SELECT state FROM bulk_send WHERE tenant = $1 AND id = $2",
        PostgresActivationReads.State<BulkSendState>,
        PostgresQuery.Set(tenant),
        PostgresQuery.Set(id.Value));

    public static async Task<IReadOnlyList<BulkSendState>> List(
        PostgresQuery query, TenantId tenant, BulkSendId? before, int most) => await query.All(
        "SELECT state FROM bulk_send WHERE tenant = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        PostgresActivationReads.State<BulkSendState>,
        PostgresQuery.Set(tenant),
        PostgresQuery.Set(before is { } known ? (long)known.Value : long.MaxValue),
        PostgresQuery.Set((long)StoreLimits.Page(most)));

    public static async Task<IReadOnlyList<BulkRecipient>> Pending(
        PostgresQuery query, TenantId tenant, BulkSendId id, int from, int most) => await query.All(
        """
        SELECT position, recipient, variables FROM bulk_recipient
        WHERE tenant = $1 AND send = $2 AND position >= $3 AND outcome = 0 ORDER BY position LIMIT $4
        """,
        Recipient,
        PostgresQuery.Set(tenant),
        PostgresQuery.Set(id.Value),
        PostgresQuery.Set((long)from),
        PostgresQuery.Set((long)most));

    public static async Task<IReadOnlyList<QueuedOfSend>> Queued(
        PostgresQuery query, TenantId tenant, BulkSendId id, IReadOnlyList<PhoneNumberId> numbers, int most) =>
        await query.All(
            """
            SELECT q.number, q.message FROM unnest($1) AS i(number)
            JOIN send_queue AS q ON q.tenant = $2 AND q.number = i.number
            WHERE q.send = $3 ORDER BY q.number, q.message LIMIT $4
            """,
            row => new QueuedOfSend(new PhoneNumberId(row.ULong(0)), new MessageId(row.Id(1))),
            Columns.Longs(numbers, number => number.Value),
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value),
            PostgresQuery.Set((long)most));

    public static async Task<BulkTally> Tally(PostgresQuery query, Archive archive, TenantId tenant, BulkSendId id)
    {
        var outcomes = await query.All(
            """
            SELECT outcome, code, count(*)::integer FROM bulk_recipient WHERE tenant = $1 AND send = $2
            GROUP BY outcome, code
            """,
            row => (Outcome: (BulkOutcome)row.Int(0), Code: row.TextOrNull(1), Count: row.Int(2)),
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value));
        var taken = await query.All(
            "SELECT message FROM bulk_recipient WHERE tenant = $1 AND send = $2 AND outcome = 1",
            row => new MessageId(row.Id(0)),
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value));
        var statuses = await PostgresMessageReads.Some(
            query, archive, tenant, taken, "status, count(*)::integer", "GROUP BY status",
            row => (Status: (MessageStatus)row.Int(0), Count: row.Int(1)));
        return new BulkTally(
            outcomes.ToDictionary(row => (row.Outcome, row.Code), row => row.Count),
            statuses.GroupBy(row => row.Status).ToDictionary(all => all.Key, all => all.Sum(row => row.Count)));
    }

    public static async Task<IReadOnlyList<BulkResult>> Results(
        PostgresQuery query, Archive archive, BulkResultFilter filter)
    {
        var rows = await query.All(
            $"""
            SELECT position, recipient, variables, outcome, code, message FROM bulk_recipient
            WHERE tenant = $1 AND send = $2 AND position > $3
                {(filter.Outcome is { } outcome ? $"AND outcome = {(int)outcome}" : "")}
            ORDER BY position LIMIT $4
            """,
            row => (
                Recipient: Recipient(row), Outcome: (BulkOutcome)row.Int(3), Code: row.TextOrNull(4),
                Message: row.IsNull(5) ? default(MessageId?) : new MessageId(row.Id(5))),
            PostgresQuery.Set(filter.Tenant),
            PostgresQuery.Set(filter.Send.Value),
            PostgresQuery.Set((long)filter.After),
            PostgresQuery.Set((long)StoreLimits.Page(filter.Most)));
        var ids = rows.Select(row => row.Message).OfType<MessageId>().ToList();
        var messages = await PostgresMessageReads.These(query, archive, filter.Tenant, ids);
        return
        [
            .. rows.Select(row => new BulkResult(
                row.Recipient, row.Outcome, row.Code,
                row.Message is { } message ? messages.GetValueOrDefault(message) : null)),
        ];
    }

    /// <summary>One look-up per contact and not a list of contacts, as with messages by id.</summary>
    public static async Task<IReadOnlyList<ConversationState>> ConversationsOf(
        PostgresQuery query, TenantId tenant, IReadOnlyCollection<ContactId> contacts,
        IReadOnlyCollection<PhoneNumberId> numbers) => await query.All(
        """
        SELECT talk.state FROM unnest($2) AS asked(contact) CROSS JOIN LATERAL (
            SELECT state, number FROM conversation
            WHERE tenant = $1 AND contact = asked.contact OFFSET 0) AS talk
        WHERE talk.number = ANY($3)
        """,
        PostgresActivationReads.State<ConversationState>,
        PostgresQuery.Set(tenant),
        Columns.Longs([.. contacts.Distinct()], contact => contact.Value),
        Columns.Longs([.. numbers], number => number.Value));

    public static Task<int> AttemptsStarted(
        PostgresQuery query, TenantId tenant, PhoneNumberId number, (DateTimeOffset From, DateTimeOffset Until) within,
        int most) => query.One(
        """
        SELECT count(*)::integer FROM (
            SELECT 1 FROM attempt
            WHERE tenant = $1 AND number = $2 AND started_at >= $3 AND started_at < $4 LIMIT $5) AS found
        """,
        row => row.Int(0),
        PostgresQuery.Set(tenant),
        PostgresQuery.Set(number.Value),
        PostgresQuery.Set(Moment.Micros(within.From)),
        PostgresQuery.Set(Moment.Micros(within.Until)),
        PostgresQuery.Set((long)most));

    private static BulkRecipient Recipient(PostgresRow row) =>
        new(row.Int(0), row.Text(1), row.IsNull(2) ? null : BulkColumns.Variables(row.Bytes(2)));
}
