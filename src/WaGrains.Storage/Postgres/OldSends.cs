using Npgsql;
using WaGrains.Domain.Tenants;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres;

/// <summary>Bulk sends past their keeping, and lists of recipients whose send was never made.</summary>
internal static class OldSends
{
    /// <summary>Recipients removed by one statement: some milliseconds of the database's time.</summary>
    private const int PieceMax = 5_000;

    /// <summary>Those to remove now.</summary>
    public static async Task<IReadOnlyList<(string Tenant, long Send)>> Over(
        NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT tenant, since_month, class FROM retention ORDER BY tenant, since_month"),
                new("SELECT tenant, id, ended_at FROM bulk_send WHERE ended_at IS NOT NULL"),
                Unmade(BulkKeeping.UnmadeBefore(now)),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        List<(string Tenant, int Since, Retention Class)> classes = [];
        while (await rows.ReadAsync(cancel))
        {
            classes.Add((rows.GetString(0), rows.GetInt32(1), (Retention)rows.GetInt16(2)));
        }

        var classesOf = classes.ToLookup(step => step.Tenant, step => (step.Since, step.Class));
        List<(string Tenant, long Send)> over = [];
        await rows.NextResultAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var (tenant, send) = (rows.GetString(0), rows.GetInt64(1));
            if (BulkKeeping.IsOver(Moment.At(rows.GetInt64(2)), classesOf[tenant], now))
            {
                over.Add((tenant, send));
            }
        }

        await rows.NextResultAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            over.Add((rows.GetString(0), rows.GetInt64(1)));
        }

        return over;
    }

    /// <summary>Removes some recipients, or a send that has none any more; false once nothing of it is left.</summary>
    public static async Task<bool> Remove(
        NpgsqlConnection connection, (string Tenant, long Send) of, CancellationToken cancel)
    {
        var recipients = await Run(
            connection,
            """
            DELETE FROM bulk_recipient WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM bulk_recipient WHERE tenant = $1 AND send = $2 LIMIT $3))
            """,
            of,
            cancel);
        return recipients > 0
            || await Run(
                connection, "DELETE FROM bulk_send WHERE tenant = $1 AND id = $2 AND $3 > 0", of, cancel) > 0;
    }

    /// <summary>Lists without a send; sends are stepped through along the key, not row by row.</summary>
    private static NpgsqlBatchCommand Unmade(ulong before)
    {
        var command = new NpgsqlBatchCommand("""
            WITH RECURSIVE sends AS (
                (SELECT tenant, send FROM bulk_recipient ORDER BY tenant, send LIMIT 1)
                UNION ALL
                SELECT next.tenant, next.send FROM sends CROSS JOIN LATERAL (
                    SELECT each.tenant, each.send FROM bulk_recipient AS each
                    WHERE (each.tenant, each.send) > (sends.tenant, sends.send)
                    ORDER BY each.tenant, each.send LIMIT 1) AS next)
            SELECT tenant, send FROM sends WHERE send < $1 AND NOT EXISTS (
                SELECT 1 FROM bulk_send WHERE bulk_send.tenant = sends.tenant AND bulk_send.id = sends.send)
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = (long)before });
        return command;
    }

    private static async Task<int> Run(
        NpgsqlConnection connection, string sql, (string Tenant, long Send) of, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = of.Tenant },
                new NpgsqlParameter<long> { TypedValue = of.Send },
                new NpgsqlParameter<long> { TypedValue = PieceMax },
            },
        };
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
