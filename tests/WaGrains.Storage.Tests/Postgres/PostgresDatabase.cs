using Npgsql;
using Shared;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Postgres;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>A database of one test, the stores it opens on it, and what the test asks of it directly.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly List<PostgresStore> _stores = [];
    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(string connection)
    {
        Connection = connection;
        _source = NpgsqlDataSource.Create(connection + ";Pooling=false");
    }

    public string Connection { get; }

    /// <summary>One with the newest schema.</summary>
    public static async Task<PostgresDatabase> Migrated() => new(await MigratedDatabase.Create());

    /// <summary>One with nothing in it.</summary>
    public static async Task<PostgresDatabase> Empty() => new(await (await PostgresServer.Shared()).Create());

    /// <summary>A store, not opened yet, that goes with this.</summary>
    public PostgresStore Store(string? connection = null)
    {
        var store = PostgresStore.Create(connection ?? Connection);
        _stores.Add(store);
        return store;
    }

    /// <summary>A store and the fence of its first batch.</summary>
    public async Task<(PostgresStore Store, Fence Fence)> Open(string silo)
    {
        var store = Store();
        return (store, (await store.Open(silo, CancellationToken.None)) with { Batch = 1 });
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T> Ask<T>(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A connection of the test's own.</summary>
    public async Task<NpgsqlConnection> Connect() => await _source.OpenConnectionAsync();

    /// <summary>Commits an alert under this fence.</summary>
    public static async Task<CommitVerdict> Commit(PostgresStore store, Fence fence) => (await store.Commit(
        new CommitBatch(fence, [StoreUnderTest.Turn(1, Sample.Alert((int)fence.Batch))]), CancellationToken.None)).Verdict;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        await _source.DisposeAsync();
        await (await PostgresServer.Shared()).Drop(Connection);
    }
}
