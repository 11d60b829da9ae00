using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WaGrains.Storage.Sqlite;

/// <summary>One connection with the statements it has prepared; used by one thread at a time.</summary>
internal sealed class SqliteLink : IDisposable
{
    /// <summary>
    /// How long a statement waits for another connection's lock, milliseconds; only a checkpoint ever holds one.
    /// </summary>
    private const int BusyTimeoutMs = 5000;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteLink(SqliteConnection connection)
    {
        _connection = connection;
        _handle = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>
    /// Opens the file, which is created where it is missing, with the settings all connections share.
    /// </summary>
    public static SqliteLink Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            var link = new SqliteLink(connection);
            link.Execute($"PRAGMA busy_timeout = {BusyTimeoutMs}");
            link.Execute("PRAGMA page_size = 8192");
            link.Execute("PRAGMA journal_mode = WAL");
            link.Execute("PRAGMA synchronous = FULL");
            link.Execute("PRAGMA wal_autocheckpoint = 10000");
            link.Execute("PRAGMA mmap_size = 0");
            link.Execute("PRAGMA temp_store = MEMORY");
            link.Execute("PRAGMA cache_size = -65536");
            return link;
        }
        catch (Exception failed) when (failed is SqliteFault or SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The statement with this text, prepared once.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(_handle, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a script that is needed once; rows it returns are left.</summary>
    public void Execute(string script)
    {
        var code = raw.sqlite3_exec(_handle, script);
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteFault(code);
        }
    }

    /// <summary>Ends an open transaction without it; one that SQLite has ended itself is fine too.</summary>
    public void RollBack()
    {
        if (InTransaction)
        {
            Statement("ROLLBACK").Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
