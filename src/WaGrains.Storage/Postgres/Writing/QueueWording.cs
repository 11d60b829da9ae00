using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How send queues and attempts are written.</summary>
internal static class QueueWording
{
    private static readonly Obstacle Moved = Obstacle.Conflict(Table.SendQueue);

    public static readonly Wording<QueueRow> Add = new(
        Step.Queue,
        """
        INSERT INTO send_queue (tenant, number, message, conversation, ordinal, lane, queued_at, deadline,
            window_closes_at, to_phone, to_user_id, context_wamid, attempt, phase, attempt_at, not_before, send)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """,
        Moved,
        (a, b) => InOrder(a.Tenant, a.Number, a.Message, b.Tenant, b.Number, b.Message),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Number.Value),
            Columns.Ids(rows, row => row.Message.Value),
            Columns.Ids(rows, row => row.Conversation.Value),
            Columns.Longs(rows, row => row.Ordinal),
            Columns.Shorts(rows, row => (int)row.Lane),
            Columns.Longs(rows, row => Moment.Micros(row.QueuedAt)),
            Columns.Longs(rows, row => Moment.Micros(row.Deadline)),
            Columns.LongsOrNull(rows, row => Moment.Micros(row.WindowClosesAt)),
            Columns.Texts(rows, row => row.To.Phone),
            Columns.Texts(rows, row => row.To.UserId),
            Columns.Texts(rows, row => row.ContextWamid),
            Columns.Ints(rows, row => row.Attempt),
            Columns.Shorts(rows, row => (int)row.Phase),
            Columns.LongsOrNull(rows, row => Moment.Micros(row.AttemptAt)),
            Columns.LongsOrNull(rows, row => Moment.Micros(row.NotBefore)),
            Columns.LongsOrNull(rows, row => row.Send?.Value)]);

    public static readonly Wording<AttemptStarted> Start = new(
        Step.Attempt,
        $"""
        WITH moved AS (
                UPDATE send_queue AS q SET phase = 1, attempt = i.attempt, attempt_at = i.at
                FROM unnest($1, $2, $3, $4, $5) AS i(tenant, number, message, attempt, at)
                WHERE q.tenant = i.tenant AND q.number = i.number AND q.message = i.message AND q.phase = 0
                    AND q.attempt = i.attempt - 1
                RETURNING q.tenant, q.message, q.attempt, q.number, q.conversation, q.attempt_at),
            added AS (
                INSERT INTO attempt (tenant, message, n, number, conversation, started_at)
                SELECT * FROM moved RETURNING 1)
        {Wording.Count("added", Moved)}
        """,
        Obstacle.Conflict(Table.Attempt),
        (a, b) => InOrder(a.Tenant, a.Number, a.Message, b.Tenant, b.Number, b.Message),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Number.Value),
            Columns.Ids(rows, row => row.Message.Value),
            Columns.Ints(rows, row => row.Attempt),
            Columns.Longs(rows, row => Moment.Micros(row.At))]);

    public static readonly Wording<AttemptEnded> End = new(
        Step.AttemptEnd,
        """
        UPDATE attempt AS a SET ended_at = i.at, outcome = i.outcome, code = i.code, wamid = i.wamid
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS i(tenant, message, n, at, outcome, code, wamid)
        WHERE a.tenant = i.tenant AND a.message = i.message AND a.n = i.n AND a.ended_at IS NULL
        """,
        Obstacle.Conflict(Table.Attempt),
        (a, b) => InOrder(a.Tenant, default, a.Message, b.Tenant, default, b.Message),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Ids(rows, row => row.Message.Value),
            Columns.Ints(rows, row => row.Attempt),
            Columns.Longs(rows, row => Moment.Micros(row.At)),
            Columns.Texts(rows, row => row.Outcome),
            Columns.Ints(rows, row => row.Code),
            Columns.Texts(rows, row => row.Wamid)]);

    public static readonly Wording<QueueRowReturned> Return = new(
        Step.Return,
        Wording.All(
            """
            UPDATE send_queue AS q SET phase = 0, not_before = i.not_before
            FROM unnest($1, $2, $3, $4, $5) AS i(tenant, number, message, attempt, not_before)
            WHERE q.tenant = i.tenant AND q.number = i.number AND q.message = i.message AND q.phase = 1
                AND q.attempt = i.attempt
            RETURNING 1
            """,
            Moved),
        Moved,
        (a, b) => InOrder(a.Tenant, a.Number, a.Message, b.Tenant, b.Number, b.Message),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Number.Value),
            Columns.Ids(rows, row => row.Message.Value),
            Columns.Ints(rows, row => row.Attempt),
            Columns.LongsOrNull(rows, row => Moment.Micros(row.NotBefore))]);

    public static readonly Wording<QueueRowRemoved> Remove = new(
        Step.Removal,
        Wording.All(
            """
            DELETE FROM send_queue AS q USING unnest($1, $2, $3) AS i(tenant, number, message)
            WHERE q.tenant = i.tenant AND q.number = i.number AND q.message = i.message RETURNING 1
            """,
            Moved),
        Moved,
        (a, b) => InOrder(a.Tenant, a.Number, a.Message, b.Tenant, b.Number, b.Message),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Number.Value),
            Columns.Ids(rows, row => row.Message.Value)]);

    private static int InOrder(
        TenantId tenant,
        PhoneNumberId number,
        MessageId message,
        TenantId otherTenant,
        PhoneNumberId otherNumber,
        MessageId otherMessage)
    {
        var tenants = tenant.CompareTo(otherTenant);
        var numbers = tenants != 0 ? tenants : number.Value.CompareTo(otherNumber.Value);
        return numbers != 0 ? numbers : message.CompareTo(otherMessage);
    }
}
