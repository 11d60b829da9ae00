using System.Globalization;
using Npgsql;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres;

/// <summary>
/// Makes the archive's coming months and drops those whose time is over. Needs no fence: the lock lets one silo at a
/// time do it, and what it drops nobody may keep.
/// </summary>
internal static class PostgresUpkeep
{
    /// <summary>Months made beside the current one: a silo that is not kept up for a month still finds the
    /// next.</summary>
    private const int MonthsAhead = 2;

    /// <summary>Old rows removed by one statement: some milliseconds of the database's time.</summary>
    private const int PurgeMax = 5000;

    /// <summary>All of it, step by step, each under the lock and in a transaction of its own.</summary>
    public static async Task Run(
        NpgsqlConnection connection, DateTimeOffset now, TimeSpan eventsKept, CancellationToken cancel)
    {
        await Extend(connection, now, cancel);
        foreach (var (of, month) in await Over(connection, now, cancel))
        {
            await Locked(connection, () => Drop(connection, of, month, cancel), cancel);
        }

        foreach (var day in await FeedDays.Over(connection, now - eventsKept, cancel))
        {
            await Locked(connection, () => FeedDays.Drop(connection, day, cancel), cancel);
        }

        foreach (var send in await OldSends.Over(connection, now, cancel))
        {
            while (await Locked(connection, () => OldSends.Remove(connection, send, cancel), cancel))
            {
            }
        }

        while (await Locked(connection, () => Purge(connection, now, cancel), cancel))
        {
        }
    }

    /// <summary>Makes the tables of this and the coming months in every class; waits for whoever is at it.</summary>
    public static async Task Extend(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await UpkeepLock.Take(connection, cancel);
        var first = ArchiveMonth.Of(now);
        for (var ahead = 0; ahead <= MonthsAhead; ahead++)
        {
            var month = new ArchiveMonth(first.Index + ahead);
            foreach (var kept in Enum.GetValues<Retention>())
            {
                await Make(connection, (int)kept, month, cancel);
            }
        }

        await transaction.CommitAsync(cancel);
        await FeedDays.Extend(connection, now, cancel);
    }

    /// <summary>The database's time.</summary>
    public static async Task<DateTimeOffset> Now(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand("SELECT now()", connection);
        return new DateTimeOffset((DateTime)(await ask.ExecuteScalarAsync(cancel))!, TimeSpan.Zero);
    }

    /// <summary>The months of each class whose time is over.</summary>
    private static async Task<IReadOnlyList<(int Class, ArchiveMonth Month)>> Over(
        NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand("SELECT class, month FROM message_month ORDER BY month", connection);
        await using var rows = await ask.ExecuteReaderAsync(cancel);
        List<(int Class, ArchiveMonth Month)> over = [];
        while (await rows.ReadAsync(cancel))
        {
            var (of, month) = (rows.GetInt16(0), new ArchiveMonth(rows.GetInt32(1)));
            if (month.IsOver((Retention)of, now))
            {
                over.Add((of, month));
            }
        }

        return over;
    }

    /// <summary>
    /// Drops a month of a class. Waits a fifth of a second for readers at most: whoever comes after it would wait
    /// behind it.
    /// </summary>
    private static async Task<bool> Drop(
        NpgsqlConnection connection, int of, ArchiveMonth month, CancellationToken cancel)
    {
        await Execute(connection, "SET LOCAL lock_timeout = '200ms'", cancel);
        await Execute(connection, $"DROP TABLE {month.Table(of)}", cancel);
        await Execute(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"DELETE FROM message_month WHERE class = {of} AND month = {month.Index}"),
            cancel);
        return true;
    }

    /// <summary>Removes some rows that nobody asks for any more; false where none is left.</summary>
    private static async Task<bool> Purge(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command(
                    """
                    DELETE FROM idempotency WHERE ctid = ANY(ARRAY(
                        SELECT ctid FROM idempotency WHERE at < $1 LIMIT $2))
                    """,
                    Moment.Micros(now - StoreLimits.IdempotencyKept),
                    PurgeMax),
                Command(
                    """
                    DELETE FROM pace_change WHERE ctid = ANY(ARRAY(
                        SELECT ctid FROM pace_change WHERE at < $1 LIMIT $2))
                    """,
                    Moment.Micros(now - StoreLimits.PaceHistoryKept),
                    PurgeMax),
                Command(
                    """
                    DELETE FROM fence WHERE ctid = ANY(ARRAY(
                        SELECT ctid FROM fence
                        WHERE NOT alive AND opened_at < now() - interval '7 days' AND NOT EXISTS (
                            SELECT 1 FROM silo
                            WHERE silo.silo_name = fence.silo AND silo.fence_generation = fence.generation)
                        LIMIT $1))
                    """,
                    PurgeMax),
                ByKey(Table.Attempt, "message", now - StoreLimits.AttemptsKept),
                ByKey(Table.Alert, "id", now - StoreLimits.AlertsKept),
                ByKey(Table.RawWebhook, "id", now - StoreLimits.RawKept),
                Command(
                    """
                    DELETE FROM dead_letter WHERE n = ANY(ARRAY(
                        SELECT n FROM (SELECT n, at FROM dead_letter ORDER BY n LIMIT $2) AS old WHERE at < $1))
                    """,
                    Moment.Micros(now - StoreLimits.DeadLettersKept),
                    PurgeMax),
            },
        };
        return await batch.ExecuteNonQueryAsync(cancel) >= PurgeMax;
    }

    /// <summary>Rows whose key says how old they are, tenant by tenant along the key.</summary>
    private static NpgsqlBatchCommand ByKey(string table, string id, DateTimeOffset before)
    {
        var command = new NpgsqlBatchCommand($"""
            WITH RECURSIVE tenants AS (
                SELECT min(tenant) AS tenant FROM {table}
                UNION ALL SELECT (SELECT min(tenant) FROM {table} AS next WHERE next.tenant > tenants.tenant)
                FROM tenants WHERE tenants.tenant IS NOT NULL)
            DELETE FROM {table} WHERE ctid = ANY(ARRAY(
                SELECT old.row FROM tenants CROSS JOIN LATERAL (
                    SELECT ctid AS row FROM {table} AS each
                    WHERE each.tenant = tenants.tenant AND each.{id} < $1 LIMIT $2) AS old
                LIMIT $2))
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Columns.Uuid(MessageId.First(before).Value) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PurgeMax });
        return command;
    }

    /// <summary>A step in a transaction of its own; false where another silo is at it.</summary>
    private static async Task<bool> Locked(
        NpgsqlConnection connection, Func<Task<bool>> step, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (!await UpkeepLock.TryTake(connection, cancel))
        {
            return false;
        }

        var more = await step();
        await transaction.CommitAsync(cancel);
        return more;
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<long> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
        }

        return command;
    }

    /// <summary>
    /// A month's table, filled with what the default one has of it, then attached: unlike making it in place this locks
    /// nobody out of the archive.
    /// </summary>
    private static async Task Make(NpgsqlConnection connection, int of, ArchiveMonth month, CancellationToken cancel)
    {
        await using var note = new NpgsqlCommand(
            "INSERT INTO message_month (class, month) VALUES ($1, $2) ON CONFLICT DO NOTHING", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = (short)of },
                new NpgsqlParameter<int> { TypedValue = month.Index },
            },
        };
        if (await note.ExecuteNonQueryAsync(cancel) == 0)
        {
            return;
        }

        var from = Columns.Uuid(MessageId.First(month.Start).Value);
        var to = Columns.Uuid(MessageId.First(month.Next.Start).Value);
        var table = month.Table(of);
        await Execute(
            connection,
            $"""
            CREATE TABLE {table} (LIKE message_c{of} INCLUDING DEFAULTS) WITH (fillfactor = 88);
            WITH strays AS (
                DELETE FROM message_c{of}_default WHERE id >= '{from}' AND id < '{to}' RETURNING *)
            INSERT INTO {table} SELECT * FROM strays;
            ALTER TABLE message_c{of} ATTACH PARTITION {table} FOR VALUES FROM ('{from}') TO ('{to}');
            """,
            cancel);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
