using Microsoft.Data.Sqlite;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>
/// One file, <c>wagrains.db</c>, in a folder that one process serves at a time: the lock file <c>wagrains.lock</c>
/// keeps a second one out.
/// Commits and reads run on the calling thread and block it for the disk; a commit is durable when it returns.
/// </summary>
/// <param name="folder">The data folder; created where it is missing.</param>
/// <param name="clock">Tells when the store is idle, how old rows are, and when events have happened.</param>
public sealed class SqliteStore(string folder, TimeProvider clock) : IStore, IMaintained
{
    /// <summary>Long enough for a commit that waits to come first.</summary>
    private static readonly TimeSpan BetweenSlices = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly string _file = Path.Combine(folder, "wagrains.db");
    private readonly SqliteReaders _readers = new(Path.Combine(folder, "wagrains.db"));
    private FileStream? _right;
    private SqliteLink? _link;
    private SqliteCommitter? _committer;
    private SqliteHousekeeping? _housekeeping;
    private bool _disposed;

    /// <summary>How long events are kept; 7 days unless set.</summary>
    public TimeSpan EventsKept { get; init; } = StoreLimits.EventsKept;

    /// <summary>None: the store goes by the process's own clock.</summary>
    public TimeSpan ClockAhead => TimeSpan.Zero;

    /// <summary>
    /// Pages of 8 KB the file may grow to, null for what the disk holds: how a full disk is tried out.
    /// </summary>
    internal long? PagesMax { get; init; }

    /// <inheritdoc/>
    /// <remarks>Complete when it returns. Before <see cref="Open"/> there is nothing to read.</remarks>
    public IReads Reads => field ??= new SqliteReads(_readers);

    /// <inheritdoc/>
    /// <remarks>Closes the older generations of every silo. May be called again, for the next generation.</remarks>
    /// <exception cref="SchemaTooNewException">The data were written by a newer program.</exception>
    /// <exception cref="IOException">The folder or the file cannot be opened or read.</exception>
    public ValueTask<Fence> Open(string silo, CancellationToken cancel)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Fence? taken = null;
            try
            {
                taken = SqliteFence.Take(OpenFile(), silo);
                return ValueTask.FromResult(taken.Value);
            }
            catch (Exception failed) when (failed is SqliteFault or SqliteException)
            {
                throw new IOException("The data file cannot be opened.", failed);
            }
            finally
            {
                if (taken is null)
                {
                    Close();
                }
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_committer is null)
            {
                return ValueTask.FromResult(CommitResult.FenceLost);
            }

            var result = _committer.Commit(batch);
            _housekeeping?.Note();
            return ValueTask.FromResult(result);
        }
    }

    /// <summary>Removes what need not be kept any more, in slices between which commits go on. Called once an
    /// hour.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written; the next call goes on.</exception>
    public Task Maintain(CancellationToken cancel) => Maintain(clock.GetUtcNow(), cancel);

    /// <summary>The same at another time.</summary>
    internal async Task Maintain(DateTimeOffset now, CancellationToken cancel)
    {
        while (Slice(now))
        {
            await Task.Delay(BetweenSlices, clock, cancel);
        }
    }

    /// <inheritdoc/>
    public Task Restored(CancellationToken cancel)
    {
        lock (_gate)
        {
            OpenFile().Statement("UPDATE feed_state SET epoch = epoch + 1").Run();
        }

        return Task.CompletedTask;
    }

    /// <summary>Closes the file and gives the folder free.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            Close();
        }

        return ValueTask.CompletedTask;
    }

    private bool Slice(DateTimeOffset now)
    {
        lock (_gate)
        {
            try
            {
                return _link is not null && SqliteUpkeep.Slice(_link, now, EventsKept);
            }
            catch (SqliteFault)
            {
                throw new StoreUnavailableException("The data file cannot be put in order.");
            }
        }
    }

    private SqliteLink OpenFile()
    {
        _right ??= TakeRight(folder);
        if (_committer is null)
        {
            _link = SqliteLink.Open(_file);
            SqliteSchema.Migrate(_link);
            Limit(_link);
            _housekeeping = new SqliteHousekeeping(_link, _gate, clock, _file);
            _committer = new SqliteCommitter(_link, clock);
            _readers.Open();
        }

        return _link ?? throw new InvalidOperationException("The file is not open.");
    }

    private static FileStream TakeRight(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(
                Path.Combine(folder, "wagrains.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new StoreInUseException("Another process serves this data folder.");
        }
    }

    private void Limit(SqliteLink link)
    {
        if (PagesMax is { } pages)
        {
            link.Execute($"PRAGMA max_page_count = {pages}");
        }
    }

    private void Close()
    {
        _housekeeping?.Dispose();
        _housekeeping = null;
        _readers.Dispose();
        _committer = null;
        _link?.Dispose();
        _link = null;
        _right?.Dispose();
        _right = null;
    }
}
