using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>
/// What is done while nobody commits: the log is copied into the file, by a connection of its own so that no commit
/// waits for it, and idempotency
/// keys and pace histories past their time go, in the fenced connection and in small slices.
/// </summary>
internal sealed class SqliteHousekeeping : IDisposable
{
    /// <summary>No commit for so long counts as an idle moment.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Rows removed in one transaction: a millisecond or two of disk, which a commit may have to wait.
    /// </summary>
    private const int PurgeMax = 200;

    private readonly SqliteLink _writer;
    private readonly Lock _gate;
    private readonly TimeProvider _clock;
    private readonly SqliteLink _own;
    private readonly ITimer _timer;
    private bool _armed;
    private bool _disturbed;
    private bool _disposed;

    public SqliteHousekeeping(SqliteLink writer, Lock gate, TimeProvider clock, string file)
    {
        _writer = writer;
        _gate = gate;
        _clock = clock;
        _own = SqliteLink.Open(file);
        _timer = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A batch was committed; called under the store's lock.</summary>
    public void Note()
    {
        _disturbed = true;
        if (!_armed)
        {
            Arm();
        }
    }

    /// <summary>Called under the store's lock.</summary>
    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
        lock (_own)
        {
            _own.Dispose();
        }
    }

    private void Arm()
    {
        _armed = true;
        _disturbed = false;
        _timer.Change(Idle, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (_disturbed || Purge())
            {
                Arm();
                return;
            }

            _armed = false;
        }

        Checkpoint();
    }

    /// <summary>Removes some rows past their time; false when none is left, or the disk has no mind to.</summary>
    private bool Purge()
    {
        try
        {
            var now = _clock.GetUtcNow();
            return SqliteUpkeep.Keys(_writer, now - StoreLimits.IdempotencyKept, PurgeMax)
                || SqliteUpkeep.Pace(_writer, now - StoreLimits.PaceHistoryKept, PurgeMax);
        }
        catch (SqliteFault)
        {
            return false;
        }
    }

    private void Checkpoint()
    {
        lock (_own)
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                _own.Statement("PRAGMA wal_checkpoint(PASSIVE)").Run();
            }
            catch (SqliteFault)
            {
                // The next idle moment tries again; until then the log only grows.
            }
        }
    }
}
