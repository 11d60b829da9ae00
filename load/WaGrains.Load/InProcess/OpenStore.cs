using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Load.Options;
using WaGrains.LocalCluster;
using WaGrains.LocalCluster.Postgres;
using WaGrains.Storage.Memory;
using WaGrains.Storage.Postgres;
using WaGrains.Storage.Sqlite;

namespace WaGrains.Load.InProcess;

/// <summary>A store for an engine in this process, with what it stands on; gone when disposed.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private PrivatePostgres? _server;

    private OpenStore(StoreKind kind) => Kind = kind;

    /// <summary>Which.</summary>
    public StoreKind Kind { get; }

    /// <summary>The store; the silo opens it.</summary>
    public required IStore Store { get; set; }

    /// <summary>Makes it.</summary>
    public static async Task<OpenStore> Make(StoreKind kind, CancellationToken stop)
    {
        var open = new OpenStore(kind) { Store = new MemoryStore() };
        if (kind == StoreKind.Sqlite)
        {
            open.Store = new SqliteStore(open._folder.Path, TimeProvider.System);
        }
        else if (kind == StoreKind.Postgres)
        {
            var folder = open._folder.Path;
            open._server = await PrivatePostgres.Start(folder, Path.Combine(folder, "postgres.log"), stop);
            open.Store = PostgresStore.Create(open._server.ConnectionString);
        }

        return open;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _folder.DisposeAsync();
    }
}

/// <summary>
/// A store that can be told to keep nothing more: every commit is durable at once. What the engine has in memory by
/// then goes on as before, and the cost of storing is out of the measure.
/// </summary>
internal sealed class ForgetfulStore(IStore inner) : IStore
{
    private volatile bool _forgets;
    private long _commits;
    private long _turns;

    /// <summary>Commits since it forgets.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Turns with rows since it forgets.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    /// <inheritdoc/>
    public IReads Reads => inner.Reads;

    /// <summary>From now on.</summary>
    public void Forget() => _forgets = true;

    /// <inheritdoc/>
    public ValueTask<Fence> Open(string silo, CancellationToken cancel) => inner.Open(silo, cancel);

    /// <inheritdoc/>
    public ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel)
    {
        if (!_forgets)
        {
            return inner.Commit(batch, cancel);
        }

        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _turns, batch.Turns.Count);
        return ValueTask.FromResult(CommitResult.Durable);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
