using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How bulk sends and their recipients are written.</summary>
internal static class BulkWording
{
    private static readonly Obstacle Moved = Obstacle.Conflict(Table.BulkRecipient);

    public static readonly Wording<NewRecipient> Add = new(
        Step.Recipient,
        """
        INSERT INTO bulk_recipient (tenant, send, position, recipient, variables)
        SELECT * FROM unnest($1, $2, $3, $4, $5)
        """,
        Moved,
        (a, b) => (a.Tenant, a.Send.Value, a.Recipient.Position)
            .CompareTo((b.Tenant, b.Send.Value, b.Recipient.Position)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Send.Value),
            Columns.Ints(rows, row => row.Recipient.Position),
            Columns.Texts(rows, row => row.Recipient.To),
            Columns.Bytes(rows, row => row.Variables)]);

    public static readonly Wording<BulkRecipientSettled> Settle = new(
        Step.RecipientEnd,
        Wording.All(
            """
            UPDATE bulk_recipient AS r SET outcome = i.outcome, code = i.code, message = i.message
            FROM unnest($1, $2, $3, $4, $5, $6) AS i(tenant, send, position, outcome, code, message)
            WHERE r.tenant = i.tenant AND r.send = i.send AND r.position = i.position AND r.outcome = 0
            RETURNING 1
            """,
            Moved),
        Moved,
        (a, b) => (a.Tenant, a.Origin.Send.Value, a.Origin.Position)
            .CompareTo((b.Tenant, b.Origin.Send.Value, b.Origin.Position)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Origin.Send.Value),
            Columns.Ints(rows, row => row.Origin.Position),
            Columns.Shorts(rows, row => (int)(row.Message is null ? BulkOutcome.Refused : BulkOutcome.Taken)),
            Columns.Texts(rows, row => row.Code),
            Columns.IdsOrNull(rows, row => row.Message?.Value)]);

    public static readonly Wording<BulkRecipientsDropped> Drop = new(
        Step.RecipientDrop,
        """
        UPDATE bulk_recipient AS r SET outcome = 3, code = i.code
        FROM unnest($1, $2, $3, $4, $5) AS i(tenant, send, first, through, code)
        WHERE r.tenant = i.tenant AND r.send = i.send AND r.position >= i.first AND r.position < i.through
            AND r.outcome = 0
        """,
        Moved,
        (a, b) => (a.Tenant, a.Send.Value, a.From).CompareTo((b.Tenant, b.Send.Value, b.From)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Send.Value),
            Columns.Ints(rows, row => row.From),
            Columns.Ints(rows, row => row.Through),
            Columns.Texts(rows, row => row.Code)]);

    public static readonly Wording<BulkRecipientsRemoved> Remove = new(
        Step.RecipientRemoval,
        """
        DELETE FROM bulk_recipient AS r USING unnest($1, $2, $3, $4) AS i(tenant, send, first, through)
        WHERE r.tenant = i.tenant AND r.send = i.send AND r.position >= i.first AND r.position < i.through
        """,
        Moved,
        (a, b) => (a.Tenant, a.Send.Value, a.From).CompareTo((b.Tenant, b.Send.Value, b.From)),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Send.Value),
            Columns.Ints(rows, row => row.From),
            Columns.Ints(rows, row => row.Through)]);

    public static readonly Wording<BulkRow> New = new(
        Step.BulkSend,
        """
        INSERT INTO bulk_send (tenant, id, version, is_open, created_at, ended_at, state)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        """,
        Obstacle.Version(Table.BulkSend),
        (a, b) => PlainState.InOrder(a.Plain, b.Plain),
        rows => [
            Columns.Texts(rows, row => row.Plain.Owner.Tenant.Value),
            Columns.Longs(rows, row => (ulong)row.Plain.Owner.Id),
            Columns.Longs(rows, row => row.Plain.Version),
            Columns.Flags(rows, row => row.State.IsOpen),
            Columns.Longs(rows, row => Moment.Micros(row.State.CreatedAt)),
            Columns.LongsOrNull(rows, row => Moment.Micros(row.State.EndedAt)),
            Columns.Bytes(rows, row => row.Plain.Json)]);

    public static readonly Wording<BulkRow> Next = new(
        Step.BulkSend,
        Wording.All(
            """
            UPDATE bulk_send SET version = i.version, is_open = i.is_open, ended_at = i.ended_at,
                state = i.state
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS i(tenant, id, version, is_open, ended_at, state, expected)
            WHERE bulk_send.tenant = i.tenant AND bulk_send.id = i.id AND bulk_send.version = i.expected RETURNING 1
            """,
            Obstacle.Version(Table.BulkSend)),
        Obstacle.Version(Table.BulkSend),
        (a, b) => PlainState.InOrder(a.Plain, b.Plain),
        rows => [
            Columns.Texts(rows, row => row.Plain.Owner.Tenant.Value),
            Columns.Longs(rows, row => (ulong)row.Plain.Owner.Id),
            Columns.Longs(rows, row => row.Plain.Version),
            Columns.Flags(rows, row => row.State.IsOpen),
            Columns.LongsOrNull(rows, row => Moment.Micros(row.State.EndedAt)),
            Columns.Bytes(rows, row => row.Plain.Json),
            Columns.Longs(rows, row => row.Plain.Expected)]);
}

/// <summary>A recipient with its columns.</summary>
internal sealed record NewRecipient(TenantId Tenant, BulkSendId Send, BulkRecipient Recipient, byte[]? Variables);

/// <summary>A bulk send with its columns.</summary>
internal sealed record BulkRow(PlainState Plain, BulkSendState State);
