using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Reads of the feed: the one writer's rows are numbered in the order of its commits.</summary>
internal static class SqliteFeedReads
{
    public static FeedPage? Feed(SqliteLink link, TenantId tenant, FeedPosition? after, int most)
    {
        var shelf = Shelf(link);
        if (!shelf.Has(after))
        {
            return null;
        }

        var (commit, ordinal) = after is { } known ? (known.Commit, known.Ordinal) : FeedShelf.Start;
        var page = StoreLimits.Page(most);
        var rows = link.Statement("""
                SELECT seq, last, at, events FROM feed WHERE tenant = ?1 AND (seq, last) > (?2, ?3)
                ORDER BY seq LIMIT ?4
                """)
            .Set(tenant.Value)
            .Set(commit)
            .Set((long)ordinal)
            .Set((long)page);
        return shelf.Page(Rows(rows), after, page);
    }

    /// <summary>How it stands.</summary>
    public static FeedShelf Shelf(SqliteLink link)
    {
        var newest = link.Statement("SELECT seq FROM sqlite_sequence WHERE name = 'feed'").One(row => row.Long(0));
        return link.Statement("SELECT epoch, gone FROM feed_state")
            .One(row => new FeedShelf(row.Long(0), row.Long(1), newest, newest));
    }

    private static IEnumerable<KeptFeedRow> Rows(SqliteStatement rows)
    {
        try
        {
            while (rows.Read())
            {
                yield return new KeptFeedRow(rows.Long(0), rows.Int(1), rows.Long(2), rows.Bytes(3).ToArray());
            }
        }
        finally
        {
            rows.Reset();
        }
    }
}
