using Microsoft.Data.Sqlite;
using Npgsql;
using Shared;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Memory;
using WaGrains.Storage.Postgres;
using WaGrains.Storage.Sqlite;
using WaGrains.Storage.Tests.Postgres;

namespace WaGrains.Storage.Tests;

/// <summary>An open store with its fence, and the verbs tests need.</summary>
public sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly Upkeep _upkeep;
    private Fence _fence;

    private StoreUnderTest(IStore store, Upkeep upkeep)
    {
        Store = store;
        _upkeep = upkeep;
    }

    public IStore Store { get; }

    public IReads Reads => Store.Reads;

    /// <summary>The fence of the next batch.</summary>
    public Fence Next => _fence with { Batch = _fence.Batch + 1 };

    public static Task<StoreUnderTest> Memory()
    {
        var store = new MemoryStore();
        return Open(store, new Upkeep(
            () => Task.CompletedTask,
            now =>
            {
                store.Maintain(now);
                return Task.CompletedTask;
            },
            () =>
            {
                store.RaiseEpoch();
                return Task.CompletedTask;
            }));
    }

    public static Task<StoreUnderTest> Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("wagrains-store-").FullName;
        var store = new SqliteStore(folder, TimeProvider.System);
        return Open(store, new Upkeep(
            () =>
            {
                Directory.Delete(folder, recursive: true);
                return Task.CompletedTask;
            },
            now => store.Maintain(now, CancellationToken.None),
            async () =>
            {
                await using var file = new SqliteConnection($"Data Source={folder}/wagrains.db;Pooling=false");
                await file.OpenAsync();
                await using var raise = file.CreateCommand();
                raise.CommandText = "UPDATE feed_state SET epoch = epoch + 1";
                await raise.ExecuteNonQueryAsync();
            }));
    }

    public static async Task<StoreUnderTest> Postgres()
    {
        var database = await MigratedDatabase.Create();
        var store = PostgresStore.Create(database);
        return await Open(store, new Upkeep(
            async () => await (await PostgresServer.Shared()).Drop(database),
            now => store.Maintain(now, CancellationToken.None),
            async () =>
            {
                await using var connection = new NpgsqlConnection(database + ";Pooling=false");
                await connection.OpenAsync();
                await using var raise = new NpgsqlCommand("SELECT feed_raise_epoch()", connection);
                await raise.ExecuteNonQueryAsync();
            }));
    }

    /// <summary>Upkeep, as if it were that time.</summary>
    public Task Maintain(DateTimeOffset now) => _upkeep.Maintain(now);

    /// <summary>What an operator does after a restore.</summary>
    public Task RaiseEpoch() => _upkeep.RaiseEpoch();

    /// <summary>Commits one turn per change set, each of an owner of its own.</summary>
    public Task<CommitResult> Commit(params Change[] changes) => Commit(Turn(1, changes));

    public async Task<CommitResult> Commit(params TurnRows[] turns)
    {
        var result = await Store.Commit(new CommitBatch(Next, turns), CancellationToken.None);
        if (result.Verdict == CommitVerdict.Durable)
        {
            _fence = Next;
        }

        return result;
    }

    /// <summary>Commits what must get through.</summary>
    public async Task Keep(params Change[] changes) => Assert.Equal([], (await Commit(changes)).Refused);

    /// <summary>A turn of some agent, who is as good an owner as any.</summary>
    public static TurnRows Turn(ulong owner, params Change[] changes) =>
        new(OwnerKey.Of(Sample.Acme, new AgentId(owner)), changes);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _upkeep.Remove();
    }

    private static async Task<StoreUnderTest> Open(IStore store, Upkeep upkeep)
    {
        var opened = new StoreUnderTest(store, upkeep);
        opened._fence = await store.Open("silo", CancellationToken.None);
        return opened;
    }

    /// <summary>What is done to a store from outside, each in its own way.</summary>
    private sealed record Upkeep(Func<Task> Remove, Func<DateTimeOffset, Task> Maintain, Func<Task> RaiseEpoch);
}

/// <summary>One test class runs on one fresh store per test.</summary>
public abstract class StoreContract(Func<Task<StoreUnderTest>> open) : IAsyncLifetime
{
    protected StoreUnderTest Store { get; private set; } = null!;

    protected IReads Reads => Store.Reads;

    public async Task InitializeAsync() => Store = await open();

    public async Task DisposeAsync() => await Store.DisposeAsync();
}
