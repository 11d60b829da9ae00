using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>How the feed is written: a row per tenant, numbered by the transaction it is part of.</summary>
internal static class FeedWording
{
    /// <summary>Microseconds from year 1 to 1970.</summary>
    private const long EpochMicros = 62_135_596_800_000_000;

    public static readonly Wording<FeedRow> Tell = new(
        Step.Feed,
        $"""
        INSERT INTO feed (tenant, last, size, events, place, at, day)
        SELECT i.tenant, i.last, i.size, i.events, s.shift + pg_current_xact_id()::text::bigint,
            (extract(epoch FROM now()) * 1000000)::bigint + {EpochMicros},
            floor(extract(epoch FROM now()) / 86400)::integer
        FROM unnest($1, $2, $3, $4) AS i(tenant, last, size, events) CROSS JOIN feed_state AS s
        """,
        Obstacle.Conflict(Table.Feed),
        (a, b) => a.Tenant.CompareTo(b.Tenant),
        rows => [
            Columns.Texts(rows, row => row.Tenant.Value),
            Columns.Ints(rows, row => row.Last),
            Columns.Ints(rows, row => row.Count),
            Columns.Bytes(rows, row => row.Events)]);
}
