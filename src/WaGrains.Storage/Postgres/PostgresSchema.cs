using Npgsql;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres;

/// <summary>
/// Brings the schema up to date by numbered scripts, all missing ones in one transaction under a lock, so that several
/// silos may start at once. A script only adds, so that the program before runs on beside it and may come back
/// after a rollback; one that cannot do so has <c>breaking</c> in its name, which the database keeps, and older
/// programs refuse.
/// </summary>
internal static class PostgresSchema
{
    private static readonly MigrationScripts Scripts = new("postgres/");

    /// <summary>The schema this program writes.</summary>
    public static long Newest => Scripts.All().Keys.Last();

    /// <summary>Runs what is missing.</summary>
    /// <exception cref="SchemaTooNewException">The data were written by a newer program.</exception>
    public static async Task Migrate(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await UpkeepLock.Take(connection, cancel);
        await Execute(
            connection,
            "CREATE TABLE IF NOT EXISTS schema_version (version bigint PRIMARY KEY, name text NOT NULL)",
            cancel);
        var stands = await Stands(connection, cancel);
        if (await Broken(connection, cancel) is { } broken)
        {
            throw new SchemaTooNewException(
                $"The data have schema {broken}, which this program, made for {Newest}, cannot use: run the newer one, "
                + "or restore a backup.");
        }

        foreach (var (version, name) in Scripts.All().Where(script => script.Key > stands))
        {
            await Execute(connection, Scripts.Read(name), cancel);
            await using var note = new NpgsqlCommand("INSERT INTO schema_version VALUES ($1, $2)", connection)
            {
                Parameters = { new() { Value = version }, new() { Value = name } },
            };
            await note.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    private static async Task<long> Stands(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return (long)(await ask.ExecuteScalarAsync(cancel) ?? 0L);
    }

    /// <summary>The first script that this program does not know and that older programs cannot live with.</summary>
    private static async Task<long?> Broken(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand(
            "SELECT min(version) FROM schema_version WHERE version > $1 AND name LIKE '%breaking%'", connection)
        {
            Parameters = { new() { Value = Newest } },
        };
        return await ask.ExecuteScalarAsync(cancel) as long?;
    }

    private static async Task Execute(NpgsqlConnection connection, string script, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(script, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
