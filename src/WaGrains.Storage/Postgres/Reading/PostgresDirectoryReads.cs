using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>Look-ups at the rim.</summary>
internal static class PostgresDirectoryReads
{
    private const string KeyColumns = "SELECT tenant, hash, name, role, agent, at FROM api_key";

    public static async Task<IReadOnlyList<KnownIdentity>> Identities(
        PostgresQuery query, TenantId tenant, IReadOnlyCollection<Identity> identities)
    {
        Identity[] asked = [.. identities];

        // One look-up per name and per contact: planned before the table is first analyzed, a join or a list of keys
        // reads all names of the tenant, and goes on doing so.
        var known = await query.All(
            """
            SELECT named.kind, named.value, named.contact FROM (
                SELECT DISTINCT found.contact FROM unnest($2, $3) AS i(kind, value) CROSS JOIN LATERAL (
                    SELECT contact FROM identity
                    WHERE tenant = $1 AND kind = i.kind AND value = i.value OFFSET 0) AS found) AS one
            CROSS JOIN LATERAL (
                SELECT kind, value, contact FROM identity
                WHERE tenant = $1 AND contact = one.contact OFFSET 0) AS named
            """,
            row => new KnownIdentity(
                new Identity((IdentityKind)row.Int(0), row.Text(1)), new ContactId(row.ULong(2))),
            PostgresQuery.Set(tenant),
            Columns.Shorts(asked, identity => (int)identity.Kind),
            Columns.Texts(asked, identity => identity.Value));
        return KnownIdentities.Sorted(known);
    }

    public static Task<PhoneNumberState?> NumberState(PostgresQuery query, TenantId tenant, PhoneNumberId id) =>
        query.One(
            "SELECT state FROM phone_number WHERE tenant = $1 AND id = $2",
            PostgresActivationReads.State<PhoneNumberState>,
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(id.Value));

    public static Task<PhoneNumberState?> NumberByMetaId(PostgresQuery query, string phoneNumberId) => query.One(
        "SELECT state FROM phone_number WHERE phone_number_id = $1",
        PostgresActivationReads.State<PhoneNumberState>,
        PostgresQuery.Set(phoneNumberId));

    public static Task<ApiKeyAdded?> ApiKey(PostgresQuery query, string hash) =>
        query.One(KeyColumns + " WHERE hash = $1 AND NOT revoked", Key, PostgresQuery.Set(hash));

    public static async Task<IReadOnlyList<ApiKeyAdded>> ApiKeys(PostgresQuery query, TenantId tenant) =>
        await query.All(
            KeyColumns + " WHERE tenant = $1 AND NOT revoked ORDER BY at, hash", Key, PostgresQuery.Set(tenant));

    public static Task<IdempotencyKept?> Idempotency(
        PostgresQuery query, TenantId tenant, string key, DateTimeOffset notBefore) => query.One(
        "SELECT answer, body_hash, at FROM idempotency WHERE tenant = $1 AND key = $2 AND at >= $3",
        row => new IdempotencyKept(
            tenant, key, row.Id(1), StoredJson.Read<Reply>(row.Bytes(0)), Moment.At(row.Long(2))),
        PostgresQuery.Set(tenant),
        PostgresQuery.Set(key),
        PostgresQuery.Set(Moment.Micros(notBefore)));

    public static async Task<IReadOnlyList<TenantState>> Tenants(PostgresQuery query) =>
        await query.All("SELECT state FROM tenant ORDER BY id", PostgresActivationReads.State<TenantState>);

    /// <summary>A revision is the transaction that wrote it. Everything below the oldest open one is there or never
    /// will be.</summary>
    public static async Task<TenantChanges> Since(PostgresQuery query, long revision)
    {
        var rows = await query.All(
            """
            SELECT tenant.state, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1
            FROM (VALUES (1)) AS always LEFT JOIN tenant ON tenant.revision > $1 ORDER BY tenant.id
            """,
            row => (Tenant: row.IsNull(0) ? null : PostgresActivationReads.State<TenantState>(row), UpTo: row.Long(1)),
            PostgresQuery.Set(revision));
        return new TenantChanges(rows[0].UpTo, [.. rows.Select(row => row.Tenant).OfType<TenantState>()]);
    }

    private static ApiKeyAdded Key(PostgresRow row) => new(
        row.Tenant(0),
        row.Text(1),
        row.Text(2),
        (Role)row.Int(3),
        row.IsNull(4) ? null : new AgentId(row.ULong(4)),
        Moment.At(row.Long(5)));
}
