using System.Data;
using Npgsql;

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>Runs reads over pooled connections. A reader that finds all of them at work waits for the next to come
/// back.</summary>
internal sealed class PostgresReaders(NpgsqlDataSource source, Archive archive)
{
    /// <summary>Runs a read of one statement, which sees one snapshot by itself.</summary>
    /// <exception cref="Engine.Commits.StoreUnavailableException">The database cannot be read.</exception>
    public ValueTask<T> Read<T>(Func<PostgresQuery, Task<T>> read, CancellationToken cancel) =>
        Run(
            async connection => await read(new PostgresQuery(connection, cancel)),
            cancel);

    /// <summary>Runs a read of several statements over one snapshot.</summary>
    /// <exception cref="Engine.Commits.StoreUnavailableException">The database cannot be read.</exception>
    public ValueTask<T> Snapshot<T>(Func<PostgresQuery, Task<T>> read, CancellationToken cancel) =>
        Run(
            async connection =>
            {
                await using var transaction =
                    await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
                var result = await read(new PostgresQuery(connection, cancel));
                await transaction.CommitAsync(cancel);
                return result;
            },
            cancel);

    private async ValueTask<T> Run<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancel)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            try
            {
                return await read(connection);
            }
            catch (PostgresException moved) when (PostgresFault.IsMoved(moved))
            {
                // A month was dropped since the map was read; what was in it is gone.
                archive.Forget();
                return await read(connection);
            }
        }
        catch (Exception failed) when (failed is not OperationCanceledException && PostgresFault.IsOutside(failed))
        {
            throw PostgresFault.Unavailable(failed);
        }
    }
}
