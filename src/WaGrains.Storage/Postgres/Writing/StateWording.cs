using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How owners' states are written: a first one inserted, a later one over the version expected to
/// stand.</summary>
internal static class StateWording
{
    public static readonly Wording<PlainState> NewTeam = NewPlain(Step.Team, Table.Team);
    public static readonly Wording<PlainState> Team = Plain(Step.Team, Table.Team);
    public static readonly Wording<PlainState> NewAgent = NewPlain(Step.Agent, Table.Agent);
    public static readonly Wording<PlainState> Agent = Plain(Step.Agent, Table.Agent);
    public static readonly Wording<PlainState> NewPortfolio = NewPlain(Step.Portfolio, Table.Portfolio);
    public static readonly Wording<PlainState> Portfolio = Plain(Step.Portfolio, Table.Portfolio);

    /// <summary>The revision is the transaction: a reader stays below the oldest open one and misses none.</summary>
    public static readonly Wording<PlainState> NewTenant = new(
        Step.Tenant,
        """
        INSERT INTO tenant (id, version, state, revision)
        SELECT i.id, i.version, i.state, pg_current_xact_id()::text::bigint
        FROM unnest($1, $2, $3) AS i(id, version, state)
        """,
        Obstacle.Version(Table.Tenant),
        PlainState.InOrder,
        rows => [
            Columns.Texts(rows, row => row.Owner.Tenant.Value),
            Columns.Longs(rows, row => row.Version),
            Columns.Bytes(rows, row => row.Json)]);

    public static readonly Wording<PlainState> Tenant = new(
        Step.Tenant,
        Wording.All(
            """
            UPDATE tenant SET version = i.version, state = i.state, revision = pg_current_xact_id()::text::bigint
            FROM unnest($1, $2, $3, $4) AS i(id, version, state, expected)
            WHERE tenant.id = i.id AND tenant.version = i.expected RETURNING 1
            """,
            Obstacle.Version(Table.Tenant)),
        Obstacle.Version(Table.Tenant),
        PlainState.InOrder,
        rows => [
            Columns.Texts(rows, row => row.Owner.Tenant.Value),
            Columns.Longs(rows, row => row.Version),
            Columns.Bytes(rows, row => row.Json),
            Columns.Longs(rows, row => row.Expected)]);

    /// <summary>
    /// A tenant's first class holds from the beginning, a change from the next month on; ten minutes before it begins a
    /// month counts as begun, so that every silo knows of the change in time. The database's clock decides.
    /// </summary>
    public static readonly Wording<TenantState> Retention = new(
        Step.Retention,
        """
        WITH i AS (SELECT * FROM unnest($1, $2) AS i(tenant, class)),
            newest AS (
                SELECT DISTINCT ON (retention.tenant) retention.tenant, retention.class
                FROM i JOIN retention ON retention.tenant = i.tenant
                ORDER BY retention.tenant, retention.since_month DESC),
            clock AS (SELECT (now() + interval '10 minutes') AT TIME ZONE 'UTC' AS soon)
        INSERT INTO retention (tenant, since_month, class)
        SELECT i.tenant, CASE WHEN newest.tenant IS NULL THEN 0
            ELSE extract(year FROM clock.soon)::integer * 12 + extract(month FROM clock.soon)::integer END, i.class
        FROM clock CROSS JOIN i LEFT JOIN newest ON newest.tenant = i.tenant
        WHERE newest.class IS DISTINCT FROM i.class
        ON CONFLICT (tenant, since_month) DO UPDATE SET class = excluded.class
        """,
        Obstacle.Conflict(Table.Tenant),
        (a, b) => a.Id.CompareTo(b.Id),
        rows => [
            Columns.Texts(rows, row => row.Id.Value),
            Columns.Shorts(rows, row => (int)row.Configuration.Retention)]);

    public static readonly Wording<NumberState> NewNumber = new(
        Step.NewNumber,
        """
        INSERT INTO phone_number (tenant, id, version, phone_number_id, state)
        SELECT * FROM unnest($1, $2, $3, $4, $5)
        """,
        Obstacle.Version(Table.PhoneNumber),
        (a, b) => PlainState.InOrder(a.Plain, b.Plain),
        rows => [
            Columns.Texts(rows, row => row.Plain.Owner.Tenant.Value),
            Columns.Longs(rows, row => (ulong)row.Plain.Owner.Id),
            Columns.Longs(rows, row => row.Plain.Version),
            Columns.Texts(rows, row => row.MetaId),
            Columns.Bytes(rows, row => row.Plain.Json)]);

    public static readonly Wording<NumberState> Number = new(
        Step.Number,
        Wording.All(
            """
            UPDATE phone_number SET version = i.version, phone_number_id = i.phone_number_id, state = i.state
            FROM unnest($1, $2, $3, $4, $5, $6) AS i(tenant, id, version, phone_number_id, state, expected)
            WHERE phone_number.tenant = i.tenant AND phone_number.id = i.id AND phone_number.version = i.expected
            RETURNING 1
            """,
            Obstacle.Version(Table.PhoneNumber)),
        Obstacle.Conflict(Table.PhoneNumber),
        (a, b) => PlainState.InOrder(a.Plain, b.Plain),
        rows => [
            Columns.Texts(rows, row => row.Plain.Owner.Tenant.Value),
            Columns.Longs(rows, row => (ulong)row.Plain.Owner.Id),
            Columns.Longs(rows, row => row.Plain.Version),
            Columns.Texts(rows, row => row.MetaId),
            Columns.Bytes(rows, row => row.Plain.Json),
            Columns.Longs(rows, row => row.Plain.Expected)]);

    private static Wording<PlainState> NewPlain(Step step, string table) => new(
        step,
        $"INSERT INTO {table} (tenant, id, version, state) SELECT * FROM unnest($1, $2, $3, $4)",
        Obstacle.Version(table),
        PlainState.InOrder,
        rows => [
            Columns.Texts(rows, row => row.Owner.Tenant.Value),
            Columns.Longs(rows, row => (ulong)row.Owner.Id),
            Columns.Longs(rows, row => row.Version),
            Columns.Bytes(rows, row => row.Json)]);

    private static Wording<PlainState> Plain(Step step, string table) => new(
        step,
        Wording.All(
            $"""
            UPDATE {table} SET version = i.version, state = i.state
            FROM unnest($1, $2, $3, $4, $5) AS i(tenant, id, version, state, expected)
            WHERE {table}.tenant = i.tenant AND {table}.id = i.id AND {table}.version = i.expected RETURNING 1
            """,
            Obstacle.Version(table)),
        Obstacle.Version(table),
        PlainState.InOrder,
        rows => [
            Columns.Texts(rows, row => row.Owner.Tenant.Value),
            Columns.Longs(rows, row => (ulong)row.Owner.Id),
            Columns.Longs(rows, row => row.Version),
            Columns.Bytes(rows, row => row.Json),
            Columns.Longs(rows, row => row.Expected)]);
}

/// <summary>A state that needs no column beside its JSON.</summary>
internal sealed record PlainState(OwnerKey Owner, long Version, long Expected, byte[] Json)
{
    public static int InOrder(PlainState a, PlainState b)
    {
        var tenants = a.Owner.Tenant.CompareTo(b.Owner.Tenant);
        return tenants != 0 ? tenants : a.Owner.Id.CompareTo(b.Owner.Id);
    }
}

/// <summary>A number's state with the id that Meta calls it by.</summary>
internal sealed record NumberState(PlainState Plain, string? MetaId)
{
    public static NumberState Of(PhoneNumberState state, PlainState plain) =>
        new(plain, state.Settings.PhoneNumberId.Length > 0 ? state.Settings.PhoneNumberId : null);
}
