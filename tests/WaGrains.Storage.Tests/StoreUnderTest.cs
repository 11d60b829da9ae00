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
    private readonly Func<Task> _remove;
    private Fence _fence;

    private StoreUnderTest(IStore store, Func<Task> remove)
    {
        Store = store;
        _remove = remove;
    }

    public IStore Store { get; }

    public IReads Reads => Store.Reads;

    /// <summary>The fence of the next batch.</summary>
    public Fence Next => _fence with { Batch = _fence.Batch + 1 };

    public static Task<StoreUnderTest> Memory() => Open(new MemoryStore(), () => Task.CompletedTask);

    public static Task<StoreUnderTest> Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("wagrains-store-").FullName;
        return Open(new SqliteStore(folder, TimeProvider.System), () =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    public static async Task<StoreUnderTest> Postgres()
    {
        var database = await MigratedDatabase.Create();
        return await Open(
            PostgresStore.Create(database), async () => await (await PostgresServer.Shared()).Drop(database));
    }

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
        await _remove();
    }

    private static async Task<StoreUnderTest> Open(IStore store, Func<Task> remove)
    {
        var opened = new StoreUnderTest(store, remove);
        opened._fence = await store.Open("silo", CancellationToken.None);
        return opened;
    }
}

/// <summary>One test class runs on one fresh store per test.</summary>
public abstract class StoreContract(Func<Task<StoreUnderTest>> open) : IAsyncLifetime
{
    protected StoreUnderTest Store { get; private set; } = null!;

    protected IReads Reads => Store.Reads;

    public async Task InitializeAsync() => Store = await open();

    public async Task DisposeAsync() => await Store.DisposeAsync();
}
