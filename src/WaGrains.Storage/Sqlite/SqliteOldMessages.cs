using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>
/// Messages whose class has kept them long enough: which class a message has follows from tenant and month, and a month
/// goes as a whole, as on PostgreSQL, but row by row.
/// </summary>
internal static class SqliteOldMessages
{
    /// <summary>Removes some; false where none is that old.</summary>
    public static bool Slice(SqliteLink link, DateTimeOffset now, int most)
    {
        var next = link.Statement("SELECT min(tenant) FROM message WHERE tenant > ?");
        for (var tenant = next.Set("").One(row => row.TextOrNull(0)); tenant is not null;
            tenant = next.Set(tenant).One(row => row.TextOrNull(0)))
        {
            foreach (var (from, until) in Over(link, tenant, now))
            {
                if (Remove(link, tenant, from, until, most))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Months that are over for good: from the first, up to before the second.</summary>
    private static IEnumerable<(int From, int Until)> Over(SqliteLink link, string tenant, DateTimeOffset now)
    {
        var steps = link.Statement("SELECT since_month, class FROM retention WHERE tenant = ? ORDER BY since_month")
            .Set(tenant)
            .All(row => (Since: row.Int(0), Class: (Retention)row.Int(1)));
        if (steps is [] or [{ Since: > 0 }, ..])
        {
            steps.Insert(0, (0, Retention.Year1));
        }

        for (var i = 0; i < steps.Count; i++)
        {
            var end = i + 1 < steps.Count ? steps[i + 1].Since : int.MaxValue;
            var until = Math.Min(end, FirstKept(steps[i].Class, now).Index);
            if (until > steps[i].Since)
            {
                yield return (steps[i].Since, until);
            }
        }
    }

    /// <summary>The first month that is still kept.</summary>
    private static ArchiveMonth FirstKept(Retention kept, DateTimeOffset now)
    {
        if (kept == Retention.Forever)
        {
            return new ArchiveMonth(0);
        }

        var month = ArchiveMonth.Of(now);
        while (!month.IsOver(kept, now))
        {
            month = new ArchiveMonth(month.Index - 1);
        }

        return month.Next;
    }

    private static bool Remove(SqliteLink link, string tenant, int from, int until, int most) => link.Statement("""
            DELETE FROM message WHERE tenant = ?1 AND id IN (
                SELECT id FROM message WHERE tenant = ?1 AND id >= ?2 AND id < ?3 LIMIT ?4)
            """)
        .Set(tenant)
        .Set(from == 0 ? UInt128.Zero : MessageId.First(new ArchiveMonth(from).Start).Value)
        .Set(MessageId.First(new ArchiveMonth(until).Start).Value)
        .Set((long)most)
        .Run() > 0;
}
