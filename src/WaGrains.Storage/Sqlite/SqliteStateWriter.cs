using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Writes owners' states under their versions.</summary>
internal sealed class SqliteStateWriter(SqliteLink link)
{
    private const string NextRevision = "(SELECT coalesce(max(revision), 0) + 1 FROM tenant)";

    private readonly SqliteStatement _insertConversation = link.Statement("""
        INSERT INTO conversation (version, phase, team, holder, asked, offer, waiting_since, last_activity_at, state,
            tenant, id, number, contact)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """);

    private readonly SqliteStatement _updateConversation = link.Statement("""
        UPDATE conversation SET version = ?, phase = ?, team = ?, holder = ?, asked = ?, offer = ?, waiting_since = ?,
            last_activity_at = ?, state = ?
        WHERE tenant = ? AND id = ? AND version = ?
        """);

    private readonly SqliteStatement _numberOfMetaId = link.Statement(
        "SELECT 1 FROM phone_number WHERE phone_number_id = ? AND NOT (tenant = ? AND id = ?)");

    private readonly SqliteStatement _insertNumber = link.Statement("""
        INSERT INTO phone_number (version, phone_number_id, state, tenant, id) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (tenant, id) DO NOTHING
        """);

    private readonly SqliteStatement _updateNumber = link.Statement("""
        UPDATE phone_number SET version = ?, phone_number_id = ?, state = ? WHERE tenant = ? AND id = ? AND version = ?
        """);

    private readonly SqliteStatement _insertTenant = link.Statement(
        $"INSERT INTO tenant (version, state, id, revision) VALUES (?, ?, ?, {NextRevision}) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _updateTenant = link.Statement(
        $"UPDATE tenant SET version = ?, state = ?, revision = {NextRevision} WHERE id = ? AND version = ?");

    private readonly SqliteStatement _retention = link.Statement("""
        INSERT INTO retention (tenant, since_month, class)
        SELECT ?1, CASE WHEN EXISTS (SELECT 1 FROM retention WHERE tenant = ?1)
            THEN strftime('%Y', 'now', '+10 minutes') * 12 + strftime('%m', 'now', '+10 minutes') ELSE 0 END, ?2
        WHERE (SELECT class FROM retention WHERE tenant = ?1 ORDER BY since_month DESC LIMIT 1) IS NOT ?2
        ON CONFLICT (tenant, since_month) DO UPDATE SET class = excluded.class
        """);

    /// <summary>Writes a state over the version that is expected to stand, 0 for none.</summary>
    public Obstacle? Write(StateWritten written, long expected) => written switch
    {
        ConversationWritten { State: var state } => Write(state, expected),
        PhoneNumberWritten { State: var state } => Write(state, expected),
        TeamWritten { State: var state } => Write(Table.Team, state, written, expected),
        AgentWritten { State: var state } => Write(Table.Agent, state, written, expected),
        BulkSendWritten { State: var state } => Write(state, expected),
        TenantWritten { State: var state } => Write(state, expected),
        _ => throw new NotSupportedException($"No table takes {written.GetType().Name}."),
    };

    private static Obstacle? Settle(int changed, string table) => changed == 1 ? null : Obstacle.Version(table);

    private Obstacle? Write(ConversationState state, long expected)
    {
        var json = Poison.Json(Table.Conversation, state);
        var columns = ConversationColumns.Of(state);
        var statement = (expected == 0 ? _insertConversation : _updateConversation)
            .Set(state.Version)
            .Set((long)columns.Phase)
            .Set(columns.Team?.Value)
            .Set(columns.Holder?.Value)
            .Set(columns.Asked?.Value)
            .Set(columns.Offer)
            .Set(columns.WaitingSince)
            .Set(columns.LastActivityAt)
            .Set(json)
            .Set(state.Tenant.Value)
            .Set(state.Id.Value);
        var changed = expected == 0
            ? statement.Set(state.Id.Number.Value).Set(state.Id.Contact.Value).Run()
            : statement.Set(expected).Run();
        return Settle(changed, Table.Conversation);
    }

    private Obstacle? Write(PhoneNumberState state, long expected)
    {
        var json = Poison.Json(Table.PhoneNumber, state);
        var metaId = state.Settings.PhoneNumberId.Length > 0 ? state.Settings.PhoneNumberId : null;
        var taken = _numberOfMetaId.Set(metaId).Set(state.Tenant.Value).Set(state.Id.Value).One(_ => true);
        var statement = expected == 0 ? _insertNumber : _updateNumber;
        if (taken)
        {
            return Stands(state, expected) ? Obstacle.Conflict(Table.PhoneNumber) : Obstacle.Version(Table.PhoneNumber);
        }

        statement.Set(state.Version).Set(metaId).Set(json).Set(state.Tenant.Value).Set(state.Id.Value);
        return Settle((expected == 0 ? statement : statement.Set(expected)).Run(), Table.PhoneNumber);
    }

    private bool Stands(PhoneNumberState state, long expected) => expected == link
        .Statement("SELECT version FROM phone_number WHERE tenant = ? AND id = ?")
        .Set(state.Tenant.Value)
        .Set(state.Id.Value)
        .One(row => row.Long(0));

    private Obstacle? Write<TState>(string table, TState state, StateWritten written, long expected)
    {
        var json = Poison.Json(table, state);
        var statement = link.Statement(expected == 0
                ? $"INSERT INTO {table} (version, state, tenant, id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
                : $"UPDATE {table} SET version = ?, state = ? WHERE tenant = ? AND id = ? AND version = ?")
            .Set(written.Version)
            .Set(json)
            .Set(written.Owner.Tenant.Value)
            .Set((ulong)written.Owner.Id);
        return Settle((expected == 0 ? statement : statement.Set(expected)).Run(), table);
    }

    private Obstacle? Write(BulkSendState state, long expected)
    {
        var json = Poison.Json(Table.BulkSend, state);
        var statement = link.Statement(expected == 0
                ? """
                INSERT INTO bulk_send (version, is_open, created_at, ended_at, state, tenant, id)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """
                : """
                UPDATE bulk_send SET version = ?, is_open = ?, created_at = ?, ended_at = ?, state = ?
                WHERE tenant = ? AND id = ? AND version = ?
                """)
            .Set(state.Version)
            .Set(state.IsOpen ? 1L : 0L)
            .Set(Moment.Micros(state.CreatedAt))
            .Set(Moment.Micros(state.EndedAt))
            .Set(json)
            .Set(state.Tenant.Value)
            .Set(state.Id.Value);
        return Settle((expected == 0 ? statement : statement.Set(expected)).Run(), Table.BulkSend);
    }

    private Obstacle? Write(TenantState state, long expected)
    {
        var json = Poison.Json(Table.Tenant, state);
        var statement = (expected == 0 ? _insertTenant : _updateTenant)
            .Set(state.Version)
            .Set(json)
            .Set(state.Id.Value);
        var obstacle = Settle((expected == 0 ? statement : statement.Set(expected)).Run(), Table.Tenant);
        if (obstacle is null)
        {
            _retention.Set(state.Id.Value).Set((long)state.Configuration.Retention).Run();
        }

        return obstacle;
    }
}
