using Npgsql;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>Lists for the API.</summary>
internal static class PostgresListReads
{
    public static async Task<IReadOnlyList<ConversationState>> Conversations(
        PostgresQuery query, ConversationFilter filter)
    {
        List<NpgsqlParameter> parameters = [];
        string Next(NpgsqlParameter parameter)
        {
            parameters.Add(parameter);
            return $"${parameters.Count}";
        }

        var sql = $"SELECT state FROM conversation WHERE tenant = {Next(PostgresQuery.Set(filter.Tenant))}";
        if (filter.Before is { } before)
        {
            var micros = Moment.Micros(before.LastActivityAt);
            sql += $"""
                 AND activity_slot <= {Next(PostgresQuery.Set(ConversationWording.Slot(micros)))}
                AND (last_activity_at, id)
                    < ({Next(PostgresQuery.Set(micros))}, {Next(PostgresQuery.Set(before.Id.Value))})
                """;
        }

        sql += filter.Phase is { } phase
            ? $" AND phase = {(int)phase}"
            : $" AND phase <> {(int)ConversationPhase.Alias}";
        sql += filter.Holder is { } holder ? $" AND holder = {Next(PostgresQuery.Set(holder.Value))}" : "";
        sql += filter.Team is { } team ? $" AND team = {Next(PostgresQuery.Set(team.Value))}" : "";
        sql += filter.Number is { } number ? $" AND number = {Next(PostgresQuery.Set(number.Value))}" : "";
        sql += " ORDER BY activity_slot DESC, last_activity_at DESC, id DESC"
            + $" LIMIT {Next(PostgresQuery.Set((long)StoreLimits.Page(filter.Most)))}";
        return await query.All(sql, PostgresActivationReads.State<ConversationState>, [.. parameters]);
    }

    public static async Task<IReadOnlyList<AlertRaised>> Alerts(
        PostgresQuery query, TenantId tenant, MessageId? before, int most) => await query.All(
        """
        SELECT id, at, kind, subject, detail, severity FROM alert
        WHERE tenant = $1 AND id <= $2 ORDER BY id DESC LIMIT $3
        """,
        row => new AlertRaised(
            tenant, new MessageId(row.Id(0)), Moment.At(row.Long(1)), row.Text(2), row.Text(3), row.Text(4))
        {
            Severity = (AlertSeverity)row.Short(5),
        },
        PostgresQuery.Set(tenant),
        PostgresQuery.Set(before is { } known ? PostgresMessageReads.Below(known) : UInt128.MaxValue),
        PostgresQuery.Set((long)StoreLimits.Page(most)));

    public static async Task<IReadOnlyList<PaceChanged>> PaceHistory(
        PostgresQuery query, PaceHistoryFilter filter) => await query.All(
        """
        SELECT entry, at, cause, binding, before_per_minute, after_per_minute FROM pace_change
        WHERE tenant = $1 AND number = $2 AND entry < $3 AND at >= $4 ORDER BY entry DESC LIMIT $5
        """,
        row => new PaceChanged(
            filter.Tenant, filter.Number, row.Long(0), Moment.At(row.Long(1)), row.Text(2), (PaceReason)row.Short(3),
            row.Double(4), row.Double(5)),
        PostgresQuery.Set(filter.Tenant),
        PostgresQuery.Set(filter.Number.Value),
        PostgresQuery.Set(filter.Before ?? long.MaxValue),
        PostgresQuery.Set(filter.Since is { } since ? Moment.Micros(since) : 0),
        PostgresQuery.Set((long)StoreLimits.Page(filter.Most)));

    public static async Task<IReadOnlyList<PhoneNumberState>> Numbers(PostgresQuery query, TenantId tenant) =>
        await query.All(
            "SELECT state FROM phone_number WHERE tenant = $1 ORDER BY id",
            PostgresActivationReads.State<PhoneNumberState>,
            PostgresQuery.Set(tenant));

    public static async Task<IReadOnlyList<TeamState>> Teams(PostgresQuery query, TenantId tenant) =>
        await query.All(
            "SELECT state FROM team WHERE tenant = $1 ORDER BY id",
            PostgresActivationReads.State<TeamState>,
            PostgresQuery.Set(tenant));

    public static async Task<IReadOnlyDictionary<string, long>> Counts(PostgresQuery query)
    {
        var counts = await query.All(
            string.Join(" UNION ALL ", Table.All.Select(table => $"SELECT '{table}', count(*) FROM {table}")),
            row => KeyValuePair.Create(row.Text(0), row.Long(1)));
        return new SortedDictionary<string, long>(counts.ToDictionary(), StringComparer.Ordinal);
    }
}
