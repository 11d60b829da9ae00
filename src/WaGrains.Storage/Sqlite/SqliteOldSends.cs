using WaGrains.Domain.Tenants;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Bulk sends past their keeping, and lists of recipients whose send was never made.</summary>
internal static class SqliteOldSends
{
    /// <summary>Removes some recipients, or a send that has none any more; false where nothing is that old.</summary>
    public static bool Slice(SqliteLink link, DateTimeOffset now, int most)
    {
        if (Unmade(link, BulkKeeping.UnmadeBefore(now)) is { } unmade)
        {
            return Recipients(link, unmade, most);
        }

        if (Ended(link, now) is not { } ended)
        {
            return false;
        }

        return Recipients(link, ended, most)
            || link.Statement("DELETE FROM bulk_send WHERE tenant = ? AND id = ?")
                .Set(ended.Tenant)
                .Set(ended.Send)
                .Run() > 0;
    }

    private static bool Recipients(SqliteLink link, (string Tenant, long Send) of, int most) => link
        .Statement("""
            DELETE FROM bulk_recipient WHERE tenant = ?1 AND send = ?2 AND position IN (
                SELECT position FROM bulk_recipient WHERE tenant = ?1 AND send = ?2 LIMIT ?3)
            """)
        .Set(of.Tenant)
        .Set(of.Send)
        .Set((long)most)
        .Run() > 0;

    /// <summary>The first list without a send; sends are stepped through along the key, not row by row.</summary>
    private static (string Tenant, long Send)? Unmade(SqliteLink link, ulong before) => link
        .Statement("""
            WITH RECURSIVE of (tenant, send) AS (
                SELECT * FROM (SELECT tenant, send FROM bulk_recipient ORDER BY tenant, send LIMIT 1)
                UNION ALL
                SELECT next.tenant, next.send FROM of JOIN bulk_recipient AS next
                ON (next.tenant, next.send, next.position) = (
                    SELECT tenant, send, position FROM bulk_recipient AS each
                    WHERE (each.tenant, each.send) > (of.tenant, of.send) ORDER BY tenant, send, position LIMIT 1))
            SELECT tenant, send FROM of WHERE send < ? AND NOT EXISTS (
                SELECT 1 FROM bulk_send WHERE bulk_send.tenant = of.tenant AND bulk_send.id = of.send) LIMIT 1
            """)
        .Set(before)
        .One<(string Tenant, long Send)?>(row => (row.Text(0), row.Long(1)));

    private static (string Tenant, long Send)? Ended(SqliteLink link, DateTimeOffset now)
    {
        var ended = link.Statement("""
                SELECT tenant, id, ended_at FROM bulk_send WHERE ended_at IS NOT NULL ORDER BY ended_at
                """)
            .All(row => (Tenant: row.Text(0), Send: row.Long(1), At: Moment.At(row.Long(2))));
        foreach (var (tenant, send, at) in ended)
        {
            var classes = link.Statement(
                    "SELECT since_month, class FROM retention WHERE tenant = ? ORDER BY since_month")
                .Set(tenant)
                .All(row => (row.Int(0), (Retention)row.Int(1)));
            if (BulkKeeping.IsOver(at, classes, now))
            {
                return (tenant, send);
            }
        }

        return null;
    }
}
