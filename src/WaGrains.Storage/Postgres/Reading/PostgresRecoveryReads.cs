using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>The rows that oblige an owner to act.</summary>
internal static class PostgresRecoveryReads
{
    private const string PendingSql = """
        (SELECT 2 AS kind, tenant, number AS id, NULL::uuid AS conversation, count(*)::integer AS rows
            FROM send_queue WHERE queued_at < $1 GROUP BY tenant, number ORDER BY tenant, number LIMIT $2)
        UNION ALL
        (SELECT 3, tenant, 0, id, 1 FROM (
                SELECT tenant, id FROM conversation WHERE asked IS NOT NULL AND last_activity_at < $1
                UNION
                SELECT tenant, id FROM conversation WHERE phase = 5 AND last_activity_at < $1) AS restless
            ORDER BY tenant, id LIMIT $2)
        UNION ALL
        (SELECT 4, tenant, team, NULL, count(*)::integer FROM conversation
            WHERE phase = 2 AND asked IS NULL AND team IS NOT NULL AND coalesce(waiting_since, 0) < $1
            GROUP BY tenant, team ORDER BY tenant, team LIMIT $2)
        UNION ALL
        (SELECT 5, tenant, agent, NULL, count(*)::integer FROM offer WHERE at < $1
            GROUP BY tenant, agent ORDER BY tenant, agent LIMIT $2)
        UNION ALL
        (SELECT 6, tenant, 0, NULL, count(*)::integer FROM contact
            WHERE merged_into IS NOT NULL AND NOT merge_done AND merged_at < $1
            GROUP BY tenant ORDER BY tenant LIMIT $2)
        UNION ALL
        (SELECT 7, tenant, id, NULL, 1 FROM bulk_send WHERE is_open AND created_at < $1 ORDER BY tenant, id LIMIT $2)
        ORDER BY kind, tenant, id, conversation LIMIT $2
        """;

    private const string MergesSql = """
        WITH RECURSIVE open AS (
                SELECT tenant, id FROM contact WHERE merged_into IS NOT NULL AND NOT merge_done
                ORDER BY tenant, id LIMIT $1),
            chain AS (
                SELECT tenant, id AS merged, id AS at, 0 AS depth FROM open
                UNION ALL
                SELECT chain.tenant, chain.merged, contact.merged_into, chain.depth + 1
                FROM chain JOIN contact ON contact.tenant = chain.tenant AND contact.id = chain.at
                WHERE contact.merged_into IS NOT NULL AND chain.depth < $2)
        SELECT DISTINCT ON (tenant, merged) tenant, merged, at FROM chain ORDER BY tenant, merged, depth DESC
        """;

    public static async Task<IReadOnlyList<PendingOwner>> Pending(
        PostgresQuery query, DateTimeOffset olderThan, int most) => await query.All(
        PendingSql,
        row => new PendingOwner(
            new OwnerKey((OwnerKind)row.Int(0), row.Tenant(1), row.IsNull(3) ? row.ULong(2) : row.Id(3)), row.Int(4)),
        PostgresQuery.Set(Moment.Micros(olderThan)),
        PostgresQuery.Set((long)most));

    public static async Task<IReadOnlyList<DueTimer>> Timers(PostgresQuery query, DateTimeOffset until, int most) =>
        await query.All(
            """
            SELECT kind, tenant, owner, name, due_at FROM due_timer WHERE due_at < $1
            ORDER BY due_at, kind, tenant, owner, name LIMIT $2
            """,
            row => new DueTimer(
                new OwnerKey((OwnerKind)row.Int(0), row.Tenant(1), row.Id(2)), row.Text(3), Moment.At(row.Long(4))),
            PostgresQuery.Set(Moment.Micros(until)),
            PostgresQuery.Set((long)most));

    public static async Task<IReadOnlyList<OpenMerge>> OpenMerges(PostgresQuery query, int most)
    {
        var open = await query.All(
            MergesSql,
            row => (Tenant: row.Tenant(0), From: new ContactId(row.ULong(1)), Into: new ContactId(row.ULong(2))),
            PostgresQuery.Set((long)most),
            PostgresQuery.Set((long)StoreLimits.MergeChainMax));
        var left = await query.All(
            """
            SELECT c.tenant, c.contact, c.id FROM unnest($1, $2) AS i(tenant, contact)
            JOIN conversation AS c ON c.tenant = i.tenant AND c.contact = i.contact
            WHERE c.phase <> 6 ORDER BY c.id
            """,
            row => (Tenant: row.Tenant(0), From: new ContactId(row.ULong(1)), Id: ConversationId.FromValue(row.Id(2))),
            Columns.Texts(open, merge => merge.Tenant.Value),
            Columns.Longs(open, merge => merge.From.Value));
        var of = left.ToLookup(row => (row.Tenant, row.From), row => row.Id);
        return [.. open.Select(merge => new OpenMerge(
            merge.Tenant, merge.From, merge.Into, [.. of[(merge.Tenant, merge.From)]]))];
    }
}
