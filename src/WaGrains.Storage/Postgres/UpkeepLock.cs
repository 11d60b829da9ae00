using Npgsql;

namespace WaGrains.Storage.Postgres;

/// <summary>The lock under which silos change the schema, one at a time; it ends with the transaction.</summary>
internal static class UpkeepLock
{
    /// <summary>A number nobody else would choose: "wagrains" in ASCII.</summary>
    private const long Key = 0x7761677261696e73;

    /// <summary>Waits for it.</summary>
    public static async Task Take(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection)
        {
            Parameters = { new() { Value = Key } },
            CommandTimeout = 0,
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Takes it if it is free.</summary>
    public static async Task<bool> TryTake(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection)
        {
            Parameters = { new() { Value = Key } },
        };
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
