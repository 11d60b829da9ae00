using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Removes what need not be kept any more, in slices that a commit hardly notices. Needs no fence: the folder's
/// lock is held, and what goes nobody may keep.</summary>
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
            var more = Events(link, now - eventsKept);
            link.Statement("COMMIT").Run();
            return more;
        }
        finally
        {
            link.RollBack();
        }
    }

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
}
