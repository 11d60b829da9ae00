using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>The rows that oblige an owner to act.</summary>
internal static class SqliteRecoveryReads
{
    public static IReadOnlyList<PendingOwner> Pending(SqliteLink link, DateTimeOffset olderThan, int most)
    {
        var cut = Moment.Micros(olderThan);
        List<PendingOwner> owners =
        [
            .. Owners(link, OwnerKind.PhoneNumber, cut, most, """
                SELECT tenant, number, count(*) FROM send_queue WHERE queued_at < ?1
                GROUP BY tenant, number ORDER BY tenant, number LIMIT ?2
                """),
            .. Asked(link, cut, most),
            .. Owners(link, OwnerKind.Team, cut, most, """
                SELECT tenant, team, count(*) FROM conversation
                WHERE phase = 2 AND asked IS NULL AND team IS NOT NULL AND coalesce(waiting_since, 0) < ?1
                GROUP BY tenant, team ORDER BY tenant, team LIMIT ?2
                """),
            .. Owners(link, OwnerKind.Agent, cut, most, """
                SELECT tenant, agent, count(*) FROM offer WHERE at < ?1
                GROUP BY tenant, agent ORDER BY tenant, agent LIMIT ?2
                """),
            .. Owners(link, OwnerKind.Contacts, cut, most, """
                SELECT tenant, 0, count(*) FROM contact
                WHERE merged_into IS NOT NULL AND merge_done = 0 AND merged_at < ?1
                GROUP BY tenant ORDER BY tenant LIMIT ?2
                """),
            .. Owners(link, OwnerKind.BulkSend, cut, most, """
                SELECT tenant, id, 1 FROM bulk_send INDEXED BY bulk_send_open
                WHERE is_open = 1 AND created_at < ?1 ORDER BY tenant, id LIMIT ?2
                """),
        ];
        return owners.Count <= most ? owners : owners[..most];
    }

    public static IReadOnlyList<DueTimer> Timers(SqliteLink link, DateTimeOffset until, int most) => link.Statement("""
            SELECT kind, tenant, owner, name, due_at FROM due_timer WHERE due_at < ?
            ORDER BY due_at, kind, tenant, owner, name LIMIT ?
            """)
        .Set(Moment.Micros(until))
        .Set((long)most)
        .All(row => new DueTimer(
            new OwnerKey((OwnerKind)row.Int(0), TenantId.Parse(row.Text(1)), row.Id(2)),
            row.Text(3),
            Moment.At(row.Long(4))));

    public static IReadOnlyList<OpenMerge> OpenMerges(SqliteLink link, int most)
    {
        var open = link.Statement("""
                SELECT tenant, id FROM contact WHERE merged_into IS NOT NULL AND merge_done = 0
                ORDER BY tenant, id LIMIT ?
                """)
            .Set((long)most)
            .All(row => (Tenant: TenantId.Parse(row.Text(0)), From: new ContactId(row.ULong(1))));
        return
        [
            .. open.Select(merge => new OpenMerge(
                merge.Tenant,
                merge.From,
                SqliteDirectoryReads.Survivor(link, merge.Tenant, merge.From),
                ConversationsOf(link, merge.Tenant, merge.From))),
        ];
    }

    private static List<PendingOwner> Owners(SqliteLink link, OwnerKind kind, long cut, int most, string sql) => link
        .Statement(sql)
        .Set(cut)
        .Set((long)most)
        .All(row => new PendingOwner(
            new OwnerKey(kind, TenantId.Parse(row.Text(0)), row.ULong(1)), row.Int(2)));

    /// <summary>
    /// Conversations that wait for an agent asked by name, or for the one they merge into: two indexes, hence two
    /// halves.
    /// </summary>
    private static List<PendingOwner> Asked(SqliteLink link, long cut, int most) => link.Statement("""
            SELECT tenant, id FROM conversation WHERE asked IS NOT NULL AND last_activity_at < ?1
            UNION
            SELECT tenant, id FROM conversation WHERE phase = 5 AND last_activity_at < ?1
            ORDER BY tenant, id LIMIT ?2
            """)
        .Set(cut)
        .Set((long)most)
        .All(row => new PendingOwner(
            new OwnerKey(OwnerKind.Conversation, TenantId.Parse(row.Text(0)), row.Id(1)), 1));

    private static List<ConversationId> ConversationsOf(SqliteLink link, TenantId tenant, ContactId contact) => link
        .Statement("""
            SELECT id FROM conversation INDEXED BY conversation_contact
            WHERE tenant = ? AND contact = ? AND phase <> 6 ORDER BY id
            """)
        .Set(tenant.Value)
        .Set(contact.Value)
        .All(row => ConversationId.FromValue(row.Id(0)));
}
