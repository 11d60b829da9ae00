using WaGrains.Domain.Ids;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Removes what need not be kept any more, in slices that a commit hardly notices. Needs no fence: the
/// folder's lock is held, and what goes nobody may keep.</summary>
internal static class SqliteUpkeep
{
    /// <summary>Rows removed in one transaction: a few milliseconds of disk, which a commit may have to wait.</summary>
    private const int SliceMax = 200;

    /// <summary>Removes one slice; false where nothing is left to remove.</summary>
    public static bool Slice(SqliteLink link, DateTimeOffset now, TimeSpan eventsKept)
    {
        link.Statement("BEGIN IMMEDIATE").Run();
        try
        {
            var more = Events(link, now - eventsKept)
                || SqliteOldMessages.Slice(link, now, SliceMax)
                || SqliteOldSends.Slice(link, now, SliceMax)
                || ByKey(link, Table.Attempt, "message", now - StoreLimits.AttemptsKept)
                || ByKey(link, Table.Alert, "id", now - StoreLimits.AlertsKept)
                || ByKey(link, Table.RawWebhook, "id", now - StoreLimits.RawKept)
                || DeadLetters(link, now - StoreLimits.DeadLettersKept)
                || Keys(link, now - StoreLimits.IdempotencyKept, SliceMax);
            link.Statement("COMMIT").Run();
            return more;
        }
        finally
        {
            link.RollBack();
        }
    }

    /// <summary>Removes some idempotency keys; false where none is that old.</summary>
    public static bool Keys(SqliteLink link, DateTimeOffset before, int most) => link.Statement("""
            DELETE FROM idempotency
            WHERE (tenant, key) IN (SELECT tenant, key FROM idempotency WHERE at < ? LIMIT ?)
            """)
        .Set(Moment.Micros(before))
        .Set((long)most)
        .Run() > 0;

    /// <summary>Removes some of the oldest pace histories; false where none is that old.</summary>
    public static bool Pace(SqliteLink link, DateTimeOffset before, int most) => link.Statement("""
            DELETE FROM pace_change WHERE (tenant, number, entry) IN
                (SELECT tenant, number, entry FROM pace_change WHERE at < ? LIMIT ?)
            """)
        .Set(Moment.Micros(before))
        .Set((long)most)
        .Run() > 0;

    /// <summary>Events, oldest first: they stand in the order of time.</summary>
    private static bool Events(SqliteLink link, DateTimeOffset before)
    {
        var last = link.Statement("""
                SELECT max(seq) FROM (SELECT seq, at FROM feed ORDER BY seq LIMIT ?) WHERE at < ?
                """)
            .Set((long)SliceMax)
            .Set(Moment.Micros(before))
            .One(row => row.LongOrNull(0));
        if (last is not { } gone)
        {
            return false;
        }

        link.Statement("UPDATE feed_state SET gone = ?").Set(gone).Run();
        return link.Statement("DELETE FROM feed WHERE seq <= ?").Set(gone).Run() > 0;
    }

    /// <summary>Rows whose key says how old they are, tenant by tenant along the key.</summary>
    private static bool ByKey(SqliteLink link, string table, string id, DateTimeOffset before) => link.Statement($"""
            WITH RECURSIVE of (tenant) AS (
                SELECT min(tenant) FROM {table}
                UNION ALL SELECT (SELECT min(tenant) FROM {table} AS next WHERE next.tenant > of.tenant) FROM of
                WHERE of.tenant IS NOT NULL)
            DELETE FROM {table} WHERE (tenant, {id}) IN (
                SELECT old.tenant, old.{id} FROM of JOIN {table} AS old ON old.tenant = of.tenant AND old.{id} < ?
                LIMIT ?)
            """)
        .Set(MessageId.First(before).Value)
        .Set((long)SliceMax)
        .Run() > 0;

    private static bool DeadLetters(SqliteLink link, DateTimeOffset before) => link.Statement("""
            DELETE FROM dead_letter
            WHERE n IN (SELECT n FROM (SELECT n, at FROM dead_letter ORDER BY n LIMIT ?) WHERE at < ?)
            """)
        .Set((long)SliceMax)
        .Set(Moment.Micros(before))
        .Run() > 0;
}
