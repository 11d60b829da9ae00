using Npgsql;
using WaGrains.Domain.Conversations;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How conversations' states are written.</summary>
internal static class ConversationWording
{
    /// <summary>Five minutes, microseconds: shorter slots would touch the list's index more often, longer ones sort more
    /// rows for a page.</summary>
    private const long SlotMicros = 300_000_000;

    public static readonly Wording<ConversationRow> New = new(
        Step.Conversation,
        """
        INSERT INTO conversation (tenant, id, version, phase, team, holder, asked, offer, waiting_since,
            last_activity_at, activity_slot, state, number, contact)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,
        Obstacle.Version(Table.Conversation),
        ConversationRow.InOrder,
        rows => [
            .. Bind(rows),
            Columns.Longs(rows, row => row.State.Id.Number.Value),
            Columns.Longs(rows, row => row.State.Id.Contact.Value)]);

    public static readonly Wording<ConversationRow> Next = new(
        Step.Conversation,
        Wording.All(
            """
            UPDATE conversation AS c SET version = i.version, phase = i.phase, team = i.team, holder = i.holder,
                asked = i.asked, offer = i.offer, waiting_since = i.waiting_since,
                last_activity_at = i.last_activity_at, activity_slot = i.activity_slot, state = i.state
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS i(tenant, id, version, phase, team,
                holder, asked, offer, waiting_since, last_activity_at, activity_slot, state, expected)
            WHERE c.tenant = i.tenant AND c.id = i.id AND c.version = i.expected RETURNING 1
            """,
            Obstacle.Version(Table.Conversation)),
        Obstacle.Version(Table.Conversation),
        ConversationRow.InOrder,
        rows => [.. Bind(rows), Columns.Longs(rows, row => row.Expected)]);

    /// <summary>The slot of a time in the list's index.</summary>
    public static long Slot(long micros) => micros / SlotMicros;

    private static NpgsqlParameter[] Bind(IReadOnlyList<ConversationRow> rows) =>
    [
        Columns.Texts(rows, row => row.State.Tenant.Value),
        Columns.Ids(rows, row => row.State.Id.Value),
        Columns.Longs(rows, row => row.State.Version),
        Columns.Shorts(rows, row => (int)row.Columns.Phase),
        Columns.LongsOrNull(rows, row => row.Columns.Team?.Value),
        Columns.LongsOrNull(rows, row => row.Columns.Holder?.Value),
        Columns.LongsOrNull(rows, row => row.Columns.Asked?.Value),
        Columns.Longs(rows, row => row.Columns.Offer),
        Columns.LongsOrNull(rows, row => row.Columns.WaitingSince),
        Columns.Longs(rows, row => row.Columns.LastActivityAt),
        Columns.Longs(rows, row => Slot(row.Columns.LastActivityAt)),
        Columns.Bytes(rows, row => row.Json),
    ];
}

/// <summary>A conversation's state to be written over an expected version.</summary>
internal sealed record ConversationRow(
    ConversationState State, ConversationColumns Columns, long Expected, byte[] Json)
{
    public static int InOrder(ConversationRow a, ConversationRow b)
    {
        var tenants = a.State.Tenant.CompareTo(b.State.Tenant);
        return tenants != 0 ? tenants : a.State.Id.Value.CompareTo(b.State.Id.Value);
    }
}
