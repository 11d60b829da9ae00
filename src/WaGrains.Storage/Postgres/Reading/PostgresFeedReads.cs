using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>
/// Reads of the feed. One statement sees one snapshot, and stays below the oldest transaction that was open in it:
/// whatever commits later has a higher place.
/// </summary>
internal static class PostgresFeedReads
{
    private const string State = """
        SELECT s.epoch, s.gone, s.shift + pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1,
            s.shift + pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1
        """;

    /// <summary>The sum leaves out rows that the page has no room for before their events are fetched.</summary>
    private const string Sql = State + """
        , f.place, f.last, f.at, f.events
        FROM feed_state AS s LEFT JOIN LATERAL (
            SELECT place, last, at, events
            FROM (
                SELECT place, last, at, events, unread, sum(unread) OVER (ORDER BY place, last) - unread AS before
                FROM (
                    SELECT place, last, at, events,
                        CASE WHEN place = $2 THEN least(size, last - $3) ELSE size END AS unread
                    FROM feed
                    WHERE tenant = $1 AND (place, last) > ($2, $3)
                        AND place < s.shift + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                    ORDER BY place, last LIMIT $4) AS next) AS summed
            WHERE before < $4) AS f ON true
        ORDER BY f.place, f.last
        """;

    public static async Task<FeedPage?> Feed(PostgresQuery query, TenantId tenant, FeedPosition? after, int most)
    {
        var (commit, ordinal) = after is { } known ? (known.Commit, known.Ordinal) : FeedShelf.Start;
        var page = StoreLimits.Page(most);
        var found = await query.All(
            Sql,
            row => (
                Shelf: Shelf(row),
                Row: row.IsNull(4)
                    ? (KeptFeedRow?)null
                    : new KeptFeedRow(row.Long(4), row.Int(5), row.Long(6), row.Bytes(7))),
            PostgresQuery.Set(tenant),
            PostgresQuery.Set(commit),
            PostgresQuery.Set(ordinal),
            PostgresQuery.Set((long)page));
        var shelf = found[0].Shelf;
        return shelf.Has(after)
            ? shelf.Page(found.Where(each => each.Row is not null).Select(each => each.Row!.Value), after, page)
            : null;
    }

    public static async Task<FeedPosition> End(PostgresQuery query) =>
        (await query.One(State + " FROM feed_state AS s", Shelf)).Last;

    private static FeedShelf Shelf(PostgresRow row) => new(row.Long(0), row.Long(1), row.Long(2), row.Long(3));
}
