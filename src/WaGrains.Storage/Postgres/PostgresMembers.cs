using Npgsql;

namespace WaGrains.Storage.Postgres;

/// <summary>Reads the table of silos that the runtime keeps.</summary>
internal static class PostgresMembers
{
    /// <summary>Orleans' SiloStatus.Active.</summary>
    private const int Active = 3;

    /// <summary>A silo shows itself every five seconds.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(15);

    /// <summary>Whether any other silo is a member and has shown itself lately, by the clock of the
    /// database.</summary>
    public static async Task<bool> OthersServe(NpgsqlConnection connection, string silo, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT EXISTS (SELECT 1 FROM silo WHERE status = $1 AND i_am_alive > now() - $2 AND silo_name <> $3)
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = Active },
                new NpgsqlParameter<TimeSpan> { TypedValue = Lately },
                new NpgsqlParameter<string> { TypedValue = silo },
            },
        };
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
