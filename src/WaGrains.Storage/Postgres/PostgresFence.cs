using Npgsql;
using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Postgres;

/// <summary>Hands out generations, and finds out what became of a batch whose answer never came.</summary>
internal static class PostgresFence
{
    /// <summary>How long a backend that is told to end may take before it is told again, milliseconds.</summary>
    private const int EndWithinMs = 5000;

    /// <summary>Takes a silo's next generation; those before it may write no more.</summary>
    public static async Task<Fence> Take(NpgsqlConnection connection, string silo, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT fence_open($1)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = silo } },
        };
        var generation = (long)(await command.ExecuteScalarAsync(cancel) ?? 0L);
        return new Fence(silo, generation, 0);
    }

    /// <summary>
    /// Where the fence stands once nothing of the silo's former connection can come any more: its backend is ended
    /// first, or a batch that is still on its way could commit after it was given up.
    /// </summary>
    /// <returns>The last batch, and whether the generation may still write; null for a fence that is not there.</returns>
    /// <exception cref="TimeoutException">The backend is not gone yet.</exception>
    public static async Task<FenceStand?> Settle(NpgsqlConnection connection, Fence fence, CancellationToken cancel)
    {
        await using (var end = Command(connection, fence, $"""
            SELECT coalesce(bool_and(pg_terminate_backend(activity.pid, {EndWithinMs})), true)
            FROM fence JOIN pg_stat_activity AS activity
                ON activity.pid = fence.backend_pid AND activity.backend_start = fence.backend_start
            WHERE fence.silo = $1 AND fence.generation = $2
            """))
        {
            if (await end.ExecuteScalarAsync(cancel) is not true)
            {
                throw new TimeoutException("The former backend is not gone yet.");
            }
        }

        await using var ask = Command(
            connection, fence, "SELECT last_batch, alive FROM fence WHERE silo = $1 AND generation = $2 FOR UPDATE");
        await using var rows = await ask.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? new FenceStand(rows.GetInt64(0), rows.GetBoolean(1)) : null;
    }

    /// <summary>
    /// Notes which backend will commit for this fence, in a transaction of its own: whoever finds the row locked later
    /// reads the note of before.
    /// </summary>
    /// <returns>Whether the generation may still write.</returns>
    public static async Task<bool> Claim(NpgsqlConnection connection, Fence fence)
    {
        await using var claim = Command(connection, fence, """
            UPDATE fence SET backend_pid = activity.pid, backend_start = activity.backend_start
            FROM pg_stat_activity AS activity
            WHERE activity.pid = pg_backend_pid() AND fence.silo = $1 AND fence.generation = $2 AND fence.alive
            """);
        return await claim.ExecuteNonQueryAsync(CancellationToken.None) == 1;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, Fence fence, string sql) =>
        new(sql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = fence.Silo },
                new NpgsqlParameter<long> { TypedValue = fence.Generation },
            },
        };
}

/// <summary>Where a fence stands.</summary>
internal sealed record FenceStand(long LastBatch, bool Alive);
