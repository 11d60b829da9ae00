using SQLitePCL;
using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Sqlite;

/// <summary>SQLite refused to do something. The message holds the code alone: SQLite's own may quote values.</summary>
internal sealed class SqliteFault(int code)
    : StoreUnavailableException($"SQLite answered {code}.")
{
    /// <summary>
    /// Whether the rows are to blame, and not the disk or the moment: another batch without them may pass
    /// (https://www.sqlite.org/rescode.html, read 2026-11-22).
    /// </summary>
    public bool BlamesRows => (code & 0xff) is
        raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;
}
