using System.Globalization;
using Npgsql;

namespace WaGrains.Storage.Postgres;

/// <summary>The feed's tables by the day: made ahead, dropped when their time is over.</summary>
internal static class FeedDays
{
    /// <summary>Days made beside the current one: upkeep runs hourly, and may fail for a long weekend.</summary>
    private const int Ahead = 3;

    private const long SecondsPerDay = 86_400;

    /// <summary>Makes this day's table and the coming ones; waits for whoever is at it.</summary>
    public static async Task Extend(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await UpkeepLock.Take(connection, cancel);
        for (var day = Of(now); day <= Of(now) + Ahead; day++)
        {
            await Make(connection, day, cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>
    /// Notices that the data have come to another server, whose transactions count otherwise: the feed goes on after
    /// what it holds, and places given out before lead nowhere.
    /// </summary>
    public static async Task Settle(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await UpkeepLock.Take(connection, cancel);
        await Execute(
            connection,
            """
            SELECT feed_raise_epoch() FROM feed_state
            WHERE server <> (SELECT system_identifier FROM pg_control_system())
            """,
            cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The days that are over for good.</summary>
    public static async Task<IReadOnlyList<int>> Over(
        NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand("SELECT day FROM feed_day WHERE day < $1 ORDER BY day", connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = Of(before) } },
        };
        await using var rows = await ask.ExecuteReaderAsync(cancel);
        List<int> over = [];
        while (await rows.ReadAsync(cancel))
        {
            over.Add(rows.GetInt32(0));
        }

        return over;
    }

    /// <summary>Drops a day, and with it what went astray before it. Waits a fifth of a second for others at
    /// most.</summary>
    public static async Task<bool> Drop(NpgsqlConnection connection, int day, CancellationToken cancel)
    {
        await Execute(connection, "SET LOCAL lock_timeout = '200ms'", cancel);
        await Execute(
            connection,
            $"""
            UPDATE feed_state SET gone = greatest(gone, (SELECT max(place) FROM feed WHERE day <= {Text(day)}));
            DELETE FROM feed_default WHERE day <= {Text(day)};
            DROP TABLE {Table(day)};
            DELETE FROM feed_day WHERE day = {Text(day)};
            """,
            cancel);
        return true;
    }

    private static int Of(DateTimeOffset at) => (int)Math.DivRem(at.ToUnixTimeSeconds(), SecondsPerDay).Quotient;

    private static string Text(int day) => day.ToString(CultureInfo.InvariantCulture);

    private static string Table(int day) => "feed_d" + Text(day);

    /// <summary>A day's table, filled with what the default one has of it, then attached: unlike making it in place
    /// this locks nobody out.</summary>
    private static async Task Make(NpgsqlConnection connection, int day, CancellationToken cancel)
    {
        await using var note = new NpgsqlCommand(
            "INSERT INTO feed_day (day) VALUES ($1) ON CONFLICT DO NOTHING", connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = day } },
        };
        if (await note.ExecuteNonQueryAsync(cancel) == 0)
        {
            return;
        }

        await Execute(
            connection,
            $"""
            CREATE TABLE {Table(day)} (LIKE feed INCLUDING DEFAULTS INCLUDING STORAGE)
                WITH (toast_tuple_target = 8160);
            WITH strays AS (DELETE FROM feed_default WHERE day = {Text(day)} RETURNING *)
            INSERT INTO {Table(day)} SELECT * FROM strays;
            ALTER TABLE feed ATTACH PARTITION {Table(day)} FOR VALUES FROM ({Text(day)}) TO ({Text(day + 1)});
            """,
            cancel);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
