using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How contacts, their identities and merges are written.</summary>
internal static class ContactWording
{
    private static readonly Obstacle TakenIdentity = Obstacle.Conflict(Table.Identity);

    public static readonly Wording<ContactAdded> Add = new(
        Step.Contact,
        """
        INSERT INTO contact (tenant, id, profile_name, username, at) SELECT * FROM unnest($1, $2, $3, $4, $5)
        """,
        Obstacle.Conflict(Table.Contact),
        (a, b) => InOrder(a.Tenant, a.Contact, b.Tenant, b.Contact),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.Contact.Value),
            Columns.Texts(rows, row => row.ProfileName),
            Columns.Texts(rows, row => row.Username),
            Columns.Longs(rows, row => Moment.Micros(row.At))]);

    /// <summary>Not by the unique key alone: the server's log would quote a phone number.</summary>
    public static readonly Wording<IdentityAdded> Name = new(
        Step.Identity,
        Wording.All(
            """
            INSERT INTO identity (tenant, kind, value, contact) SELECT * FROM unnest($1, $2, $3, $4)
            ON CONFLICT DO NOTHING RETURNING 1
            """,
            TakenIdentity),
        TakenIdentity,
        (a, b) => InOrder(a.Tenant, a.Identity, b.Tenant, b.Identity),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Shorts(rows, row => (int)row.Identity.Kind),
            Columns.Texts(rows, row => row.Identity.Value),
            Columns.Longs(rows, row => row.Contact.Value)]);

    public static readonly Wording<IdentityMoved> Move = new(
        Step.Move,
        Wording.All(
            """
            UPDATE identity AS d SET contact = i.into_contact
            FROM unnest($1, $2, $3, $4, $5) AS i(tenant, kind, value, from_contact, into_contact)
            WHERE d.tenant = i.tenant AND d.kind = i.kind AND d.value = i.value AND d.contact = i.from_contact
            RETURNING 1
            """,
            TakenIdentity),
        TakenIdentity,
        (a, b) => InOrder(a.Tenant, a.Identity, b.Tenant, b.Identity),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Shorts(rows, row => (int)row.Identity.Kind),
            Columns.Texts(rows, row => row.Identity.Value),
            Columns.Longs(rows, row => row.From.Value),
            Columns.Longs(rows, row => row.To.Value)]);

    public static readonly Wording<IdentityReleased> Release = new(
        Step.Release,
        """
        DELETE FROM identity AS d USING unnest($1, $2, $3, $4) AS i(tenant, kind, value, contact)
        WHERE d.tenant = i.tenant AND d.kind = i.kind AND d.value = i.value AND d.contact = i.contact
        """,
        TakenIdentity,
        (a, b) => InOrder(a.Tenant, a.Identity, b.Tenant, b.Identity),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Shorts(rows, row => (int)row.Identity.Kind),
            Columns.Texts(rows, row => row.Identity.Value),
            Columns.Longs(rows, row => row.From.Value)]);

    /// <summary>Both rows are locked before they are judged: another silo may merge the survivor at the same
    /// time.</summary>
    public static readonly Wording<ContactMerged> Merge = new(
        Step.Merge,
        $"""
        WITH i AS (SELECT * FROM unnest($1, $2, $3, $4) AS i(tenant, from_id, into_id, at)),
            standing AS MATERIALIZED (
                SELECT c.tenant, c.id, c.merged_into FROM contact AS c
                JOIN (SELECT tenant, from_id AS id FROM i UNION SELECT tenant, into_id FROM i) AS named
                    ON c.tenant = named.tenant AND c.id = named.id
                ORDER BY c.tenant, c.id FOR UPDATE OF c),
            merged AS (
                UPDATE contact AS c SET merged_into = i.into_id, merged_at = i.at
                FROM i JOIN standing AS younger ON younger.tenant = i.tenant AND younger.id = i.from_id
                    JOIN standing AS older ON older.tenant = i.tenant AND older.id = i.into_id
                WHERE c.tenant = i.tenant AND c.id = i.from_id AND i.from_id <> i.into_id
                    AND younger.merged_into IS NULL AND older.merged_into IS NULL
                RETURNING c.tenant, c.id, c.merged_into),
            handed AS (
                UPDATE identity AS d SET contact = merged.merged_into FROM merged
                WHERE d.tenant = merged.tenant AND d.contact = merged.id)
        {Wording.Count("merged", Obstacle.Conflict(Table.Contact))}
        """,
        Obstacle.Conflict(Table.Contact),
        (a, b) => InOrder(a.Tenant, a.From, b.Tenant, b.From),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.From.Value),
            Columns.Longs(rows, row => row.Into.Value),
            Columns.Longs(rows, row => Moment.Micros(row.At))]);

    public static readonly Wording<ContactMergeDone> MergeDone = new(
        Step.MergeEnd,
        """
        UPDATE contact AS c SET merge_done = true FROM unnest($1, $2) AS i(tenant, id)
        WHERE c.tenant = i.tenant AND c.id = i.id AND c.merged_into IS NOT NULL
        """,
        Obstacle.Conflict(Table.Contact),
        (a, b) => InOrder(a.Tenant, a.From, b.Tenant, b.From),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Longs(rows, row => row.From.Value)]);

    private static int InOrder(TenantId tenant, ContactId contact, TenantId otherTenant, ContactId other)
    {
        var tenants = tenant.CompareTo(otherTenant);
        return tenants != 0 ? tenants : contact.Value.CompareTo(other.Value);
    }

    private static int InOrder(TenantId tenant, Identity identity, TenantId otherTenant, Identity other)
    {
        var tenants = tenant.CompareTo(otherTenant);
        var kinds = tenants != 0 ? tenants : identity.Kind.CompareTo(other.Kind);
        return kinds != 0 ? kinds : string.CompareOrdinal(identity.Value, other.Value);
    }
}
