using Npgsql;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Postgres.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres;

/// <summary>
/// A PostgreSQL database (15 or newer) that many silos share. Each silo commits over one connection of its own, one
/// batch at a time; its fence row decides whether it still may.
/// </summary>
public sealed class PostgresStore : IStore, IMaintained
{
    private readonly PostgresSources _sources;
    private readonly Archive _archive;
    private readonly PostgresSession _session;
    private readonly PostgresCommitter _committer;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TimeProvider _clock;
    private readonly TimeSpan _eventsKept;
    private bool _closed;

    private PostgresStore(string connectionString, TimeSpan eventsKept, TimeProvider clock)
    {
        _eventsKept = eventsKept;
        _clock = clock;
        _sources = new PostgresSources(connectionString);
        _archive = new Archive(clock);
        _session = new PostgresSession(_sources.Commits);
        _committer = new PostgresCommitter(_sources, _session, _archive, clock);
        Reads = new PostgresReads(new PostgresReaders(_sources.Reads, _archive), _archive);
    }

    /// <inheritdoc/>
    /// <remarks>Throws <see cref="StoreUnavailableException"/> while the database cannot be reached.</remarks>
    public IReads Reads { get; }

    /// <summary>How far this machine's clock was ahead of the database's when it was last looked at; behind is
    /// negative.</summary>
    public TimeSpan ClockAhead { get; private set; }

    /// <summary>A store in this database. Nothing is asked of it before <see cref="Open"/>.</summary>
    /// <param name="connectionString">Npgsql's form; its search path decides the schema. The role must be able to
    /// create tables there and to end its own sessions.</param>
    public static PostgresStore Create(string connectionString) => Create(connectionString, StoreLimits.EventsKept);

    /// <summary>The same, with events kept so long, whole days at a time; 7 days unless given.</summary>
    public static PostgresStore Create(string connectionString, TimeSpan eventsKept) =>
        new(connectionString, eventsKept, TimeProvider.System);

    /// <inheritdoc/>
    /// <remarks>
    /// Closes the older generations of this silo's name, and ends their sessions where they do not let go within half a
    /// second. Several silos may open at once.
    /// </remarks>
    /// <exception cref="SchemaTooNewException">The data were written by a newer program.</exception>
    /// <exception cref="StoreForbiddenException">The database lets nobody in by this connection string.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or refuses.</exception>
    public async ValueTask<Fence> Open(string silo, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return await On(
            async connection =>
            {
                await PostgresSchema.Migrate(connection, cancel);
                await PostgresUpkeep.Extend(connection, await Now(connection, cancel), cancel);
                await FeedDays.Settle(connection, cancel);
                await _archive.Read(connection, cancel);
                return await PostgresFence.Take(connection, silo, cancel);
            },
            cancel);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Where the database cannot tell within two minutes what became of a batch it was sent, the fence counts as lost:
    /// to go on would be to guess.
    /// </remarks>
    public async ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            return _closed ? CommitResult.FenceLost : await _committer.Commit(batch);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Makes commits and undoes them, so that connection, statements and code are ready for the first real one. Nothing
    /// of them stands afterwards, and nobody is told of them.
    /// </summary>
    /// <param name="fence">What <see cref="Open"/> gave.</param>
    /// <param name="commits">The turns of each, for tenants that do not exist.</param>
    /// <param name="cancel">There is no time for it any more.</param>
    /// <exception cref="StoreUnavailableException">They could not be made to the end.</exception>
    public async Task Rehearse(
        Fence fence, IReadOnlyList<IReadOnlyList<TurnRows>> commits, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            await _committer.Rehearse(fence, commits, cancel);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether another silo serves: a member that has shown itself lately.</summary>
    /// <param name="silo">The name of this one, whose former life does not count.</param>
    /// <param name="cancel">Nobody waits for the answer any more.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    public Task<bool> OthersServe(string silo, CancellationToken cancel) =>
        On(connection => PostgresMembers.OthersServe(connection, silo, cancel), cancel);

    /// <summary>
    /// Keeps the archive in order: makes the tables of the coming months, drops months whose retention is over, removes
    /// idempotency keys past their time. Every silo calls it once an hour; one at a time does it, the others return.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or a table was in use: the next call
    /// goes on.</exception>
    public Task Maintain(CancellationToken cancel) => Maintain(null, cancel);

    /// <inheritdoc/>
    public Task Restored(CancellationToken cancel) => On(
        async connection =>
        {
            await using var raise = new NpgsqlCommand("SELECT feed_raise_epoch()", connection);
            return await raise.ExecuteNonQueryAsync(cancel);
        },
        cancel);

    /// <summary>The same at another time than the database's, which is the one that all silos share.</summary>
    internal Task Maintain(DateTimeOffset? at, CancellationToken cancel) => On(
        async connection =>
        {
            var now = at ?? await Now(connection, cancel);
            await PostgresUpkeep.Run(connection, now, _eventsKept, cancel);
            await _archive.Read(connection, cancel);
            return now;
        },
        cancel);

    /// <summary>Does this on a connection of its own; a database that cannot be reached, or refuses, is the store
    /// that is unavailable.</summary>
    private async Task<T> On<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            await using var connection = await _sources.Plain.OpenConnectionAsync(cancel);
            return await work(connection);
        }
        catch (Exception failed) when (failed is not OperationCanceledException && PostgresFault.IsOutside(failed))
        {
            throw PostgresFault.Unavailable(failed);
        }
    }

    /// <summary>The database's time; notes how far this machine's is from it.</summary>
    private async Task<DateTimeOffset> Now(NpgsqlConnection connection, CancellationToken cancel)
    {
        var before = _clock.GetUtcNow();
        var now = await PostgresUpkeep.Now(connection, cancel);
        ClockAhead = before + ((_clock.GetUtcNow() - before) / 2) - now;
        return now;
    }

    /// <summary>Waits for the commit under way and closes all connections. The fence stays as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            _closed = true;
            await _session.DisposeAsync();
            await _sources.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }
}
