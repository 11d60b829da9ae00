using System.Globalization;
using System.Reflection;

namespace WaGrains.Storage.Sqlite;

/// <summary>The data were written by a newer version of this program: running on would damage them.</summary>
public sealed class SchemaTooNewException(string message) : Exception(message);

/// <summary>Brings a file's schema up to date by numbered scripts, each in a transaction of its own.</summary>
internal static class SqliteSchema
{
    private const string Prefix = "sqlite/";

    /// <summary>The schema this program writes.</summary>
    public static long Newest => Scripts().Keys.Last();

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

        foreach (var (version, name) in Scripts().Where(script => script.Key > stands))
        {
            Run(link, version, name);
        }
    }

    private static void Run(SqliteLink link, long version, string name)
    {
        link.Execute("BEGIN IMMEDIATE");
        try
        {
            link.Execute(Read(name));
            link.Statement("INSERT INTO schema_version (version, name) VALUES (?, ?)").Set(version).Set(name).Run();
            link.Execute("COMMIT");
        }
        catch (SqliteFault)
        {
            link.RollBack();
            throw;
        }
    }

    private static SortedDictionary<long, string> Scripts()
    {
        SortedDictionary<long, string> scripts = [];
        foreach (var resource in Assembly.GetExecutingAssembly().GetManifestResourceNames())
        {
            if (resource.StartsWith(Prefix, StringComparison.Ordinal))
            {
                var name = resource[Prefix.Length..];
                scripts.Add(long.Parse(name[..4], CultureInfo.InvariantCulture), name);
            }
        }

        return scripts;
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"The script {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
