using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Serialization;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Look-ups at the rim.</summary>
internal static class SqliteDirectoryReads
{
    private const string KeyColumns = "SELECT tenant, hash, name, role, agent, at FROM api_key";

    /// <summary>The contact that this one became, or itself.</summary>
    public static ContactId Survivor(SqliteLink link, TenantId tenant, ContactId contact)
    {
        var into = link.Statement("SELECT merged_into FROM contact WHERE tenant = ? AND id = ?");
        for (var i = 0; i < StoreLimits.MergeChainMax; i++)
        {
            if (into.Set(tenant.Value).Set(contact.Value).One(row => row.LongOrNull(0)) is not { } next)
            {
                break;
            }

            contact = new ContactId(unchecked((ulong)next));
        }

        return contact;
    }

    public static IReadOnlyList<KnownIdentity> Identities(
        SqliteLink link, TenantId tenant, IReadOnlyCollection<Identity> identities)
    {
        var find = link.Statement("SELECT contact FROM identity WHERE tenant = ? AND kind = ? AND value = ?");
        HashSet<ulong> contacts = [];
        foreach (var identity in identities)
        {
            find.Set(tenant.Value).Set((long)identity.Kind).Set(identity.Value);
            contacts.UnionWith(find.All(row => row.ULong(0)));
        }

        var others = link.Statement("SELECT kind, value FROM identity WHERE tenant = ? AND contact = ?");
        return KnownIdentities.Sorted(contacts.SelectMany(contact => others
            .Set(tenant.Value)
            .Set(contact)
            .All(row => new KnownIdentity(
                new Identity((IdentityKind)row.Int(0), row.Text(1)), new ContactId(contact)))));
    }

    public static PhoneNumberState? NumberState(SqliteLink link, TenantId tenant, PhoneNumberId id) => link
        .Statement("SELECT state FROM phone_number WHERE tenant = ? AND id = ?")
        .Set(tenant.Value)
        .Set(id.Value)
        .One(SqliteActivationReads.State<PhoneNumberState>);

    public static PhoneNumberState? NumberByMetaId(SqliteLink link, string phoneNumberId) => link
        .Statement("SELECT state FROM phone_number WHERE phone_number_id = ?")
        .Set(phoneNumberId)
        .One(SqliteActivationReads.State<PhoneNumberState>);

    public static ApiKeyAdded? ApiKey(SqliteLink link, string hash) =>
        link.Statement(KeyColumns + " WHERE hash = ? AND revoked = 0").Set(hash).One(Key);

    public static IReadOnlyList<ApiKeyAdded> ApiKeys(SqliteLink link, TenantId tenant) => link
        .Statement(KeyColumns + " WHERE tenant = ? AND revoked = 0 ORDER BY at, hash")
        .Set(tenant.Value)
        .All(Key);

    public static IdempotencyKept? Idempotency(
        SqliteLink link, TenantId tenant, string key, DateTimeOffset notBefore) =>
        link.Statement("SELECT answer, body_hash, at FROM idempotency WHERE tenant = ? AND key = ? AND at >= ?")
            .Set(tenant.Value)
            .Set(key)
            .Set(Moment.Micros(notBefore))
            .One(row => new IdempotencyKept(
                tenant, key, row.Id(1), StoredJson.Read<Reply>(row.Bytes(0)), Moment.At(row.Long(2))));

    public static IReadOnlyList<TenantState> Tenants(SqliteLink link) =>
        link.Statement("SELECT state FROM tenant ORDER BY id").All(SqliteActivationReads.State<TenantState>);

    public static TenantChanges Since(SqliteLink link, long revision)
    {
        var rows = link.Statement("SELECT revision, state FROM tenant WHERE revision > ? ORDER BY id")
            .Set(revision)
            .All(row => (Revision: row.Long(0), State: StoredJson.Read<TenantState>(row.Bytes(1))));
        return new TenantChanges(
            rows.Select(row => row.Revision).Append(revision).Max(), [.. rows.Select(row => row.State)]);
    }

    private static ApiKeyAdded Key(SqliteStatement row) => new(
        TenantId.Parse(row.Text(0)),
        row.Text(1),
        row.Text(2),
        (Role)row.Int(3),
        row.IsNull(4) ? null : new AgentId(row.ULong(4)),
        Moment.At(row.Long(5)));
}
