using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Lists for the API.</summary>
internal static class SqliteListReads
{
    public static IReadOnlyList<ConversationState> Conversations(SqliteLink link, ConversationFilter filter)
    {
        var statement = link.Statement(Sql(filter)).Set(filter.Tenant.Value);
        if (filter.Before is { } before)
        {
            statement.Set(Moment.Micros(before.LastActivityAt)).Set(before.Id.Value);
        }

        foreach (var wanted in (ReadOnlySpan<ulong?>)[filter.Holder?.Value, filter.Team?.Value, filter.Number?.Value])
        {
            if (wanted is { } id)
            {
                statement.Set(id);
            }
        }

        return statement.Set((long)StoreLimits.Page(filter.Most)).All(SqliteActivationReads.State<ConversationState>);
    }

    public static IReadOnlyList<AlertRaised> Alerts(
        SqliteLink link, TenantId tenant, MessageId? before, int most) => link
        .Statement("""
            SELECT id, at, kind, subject, detail, severity FROM alert
            WHERE tenant = ? AND id <= ? ORDER BY id DESC LIMIT ?
            """)
        .Set(tenant.Value)
        .Set(before is { } known ? SqliteMessageReads.Below(known) : UInt128.MaxValue)
        .Set((long)StoreLimits.Page(most))
        .All(row => new AlertRaised(
            tenant, new MessageId(row.Id(0)), Moment.At(row.Long(1)), row.Text(2), row.Text(3), row.Text(4))
        {
            Severity = (AlertSeverity)row.Long(5),
        });

    public static IReadOnlyList<PaceChanged> PaceHistory(SqliteLink link, PaceHistoryFilter filter) => link
        .Statement("""
            SELECT entry, at, cause, binding, before_per_minute, after_per_minute FROM pace_change
            WHERE tenant = ? AND number = ? AND entry < ? AND at >= ? ORDER BY entry DESC LIMIT ?
            """)
        .Set(filter.Tenant.Value)
        .Set(filter.Number.Value)
        .Set(filter.Before ?? long.MaxValue)
        .Set(filter.Since is { } since ? Moment.Micros(since) : 0)
        .Set((long)StoreLimits.Page(filter.Most))
        .All(row => new PaceChanged(
            filter.Tenant, filter.Number, row.Long(0), Moment.At(row.Long(1)), row.Text(2), (PaceReason)row.Int(3),
            row.Double(4), row.Double(5)));

    public static IReadOnlyList<PhoneNumberState> Numbers(SqliteLink link, TenantId tenant) => link
        .Statement("SELECT state FROM phone_number WHERE tenant = ? ORDER BY id")
        .Set(tenant.Value)
        .All(SqliteActivationReads.State<PhoneNumberState>);

    public static IReadOnlyList<TeamState> Teams(SqliteLink link, TenantId tenant) => link
        .Statement("SELECT state FROM team WHERE tenant = ? ORDER BY id")
        .Set(tenant.Value)
        .All(SqliteActivationReads.State<TeamState>);

    public static IReadOnlyDictionary<string, long> Counts(SqliteLink link) => new SortedDictionary<string, long>(
        Table.All.ToDictionary(
            table => table,
            table => link.Statement($"SELECT count(*) FROM {table}").One(row => row.Long(0))),
        StringComparer.Ordinal);

    /// <summary>
    /// The text for the filters that are set: a phase is written out, so that the indexes for one phase are found.
    /// </summary>
    private static string Sql(ConversationFilter filter) =>
        "SELECT state FROM conversation"
        + (filter is { Phase: ConversationPhase.Held, Holder: not null } ? " INDEXED BY conversation_held" : "")
        + " WHERE tenant = ?"
        + (filter.Before is null ? "" : " AND (last_activity_at, id) < (?, ?)")
        + (filter.Phase is { } phase ? $" AND phase = {(int)phase}" : $" AND phase <> {(int)ConversationPhase.Alias}")
        + (filter.Holder is null ? "" : " AND holder = ?")
        + (filter.Team is null ? "" : " AND team = ?")
        + (filter.Number is null ? "" : " AND number = ?")
        + " ORDER BY last_activity_at DESC, id DESC LIMIT ?";
}
