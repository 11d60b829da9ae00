using System.Collections.Concurrent;

namespace WaGrains.Storage.Sqlite;

/// <summary>
/// A few connections for reading. A reader that finds all of them at work waits for the next to come back.
/// </summary>
internal sealed class SqliteReaders(string file) : IDisposable
{
    /// <summary>
    /// How many reads run at once: more than two cores can use, so that a long list does not hold up an activation.
    /// </summary>
    private const int LinksMax = 4;

    private readonly SemaphoreSlim _free = new(LinksMax, LinksMax);
    private readonly ConcurrentBag<SqliteLink> _idle = [];
    private volatile bool _open;

    public void Open() => _open = true;

    /// <summary>Runs a read over one snapshot.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async ValueTask<T> Read<T>(Func<SqliteLink, T> read, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        SqliteLink? link = null;
        try
        {
            link = Take();
            var result = Read(link, read);
            _idle.Add(link);
            link = null;
            return result;
        }
        catch (Exception failed) when (failed is SqliteFault or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new IOException("The data file cannot be read.", failed);
        }
        finally
        {
            link?.Dispose();
            if (!_open)
            {
                DropIdle();
            }

            _free.Release();
        }
    }

    public void Dispose()
    {
        _open = false;
        DropIdle();
    }

    private static T Read<T>(SqliteLink link, Func<SqliteLink, T> read)
    {
        link.Statement("BEGIN").Run();
        var result = read(link);
        link.Statement("COMMIT").Run();
        return result;
    }

    private SqliteLink Take()
    {
        if (!_open)
        {
            throw new InvalidOperationException("The store is not open.");
        }

        return _idle.TryTake(out var link) ? link : SqliteLink.Open(file);
    }

    private void DropIdle()
    {
        while (_idle.TryTake(out var link))
        {
            link.Dispose();
        }
    }
}
