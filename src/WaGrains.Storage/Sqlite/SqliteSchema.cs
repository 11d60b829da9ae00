using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Brings a file's schema up to date by numbered scripts, each in a transaction of its own.</summary>
internal static class SqliteSchema
{
    private static readonly MigrationScripts Scripts = new("sqlite/");

    /// <summary>The schema this program writes.</summary>
    public static long Newest => Scripts.All().Keys.Last();

    /// <summary>Runs what is missing.</summary>
    /// <exception cref="SchemaTooNewException">The file is newer than this program.</exception>
    public static void Migrate(SqliteLink link)
    {
        link.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        var stands = link.Statement("SELECT coalesce(max(version), 0) FROM schema_version").One(row => row.Long(0));
        if (stands > Newest)
        {
            throw new SchemaTooNewException(
                $"The data have schema {stands}, this program knows {Newest}: run the newer one, or restore a backup.");
        }

        foreach (var (version, name) in Scripts.All().Where(script => script.Key > stands))
        {
            Run(link, version, name);
        }
    }

    private static void Run(SqliteLink link, long version, string name)
    {
        link.Execute("BEGIN IMMEDIATE");
        try
        {
            link.Execute(Scripts.Read(name));
            link.Statement("INSERT INTO schema_version (version, name) VALUES (?, ?)").Set(version).Set(name).Run();
            link.Execute("COMMIT");
        }
        catch (SqliteFault)
        {
            link.RollBack();
            throw;
        }
    }
}
