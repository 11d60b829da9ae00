using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Sqlite;

/// <summary>Hands out generations.</summary>
internal static class SqliteFence
{
    /// <summary>Closes every generation before, of all silos: one process serves the file.</summary>
    public static Fence Take(SqliteLink link, string silo)
    {
        link.Execute("BEGIN IMMEDIATE");
        try
        {
            var generation = link
                .Statement("SELECT coalesce(max(generation), 0) + 1 FROM fence")
                .One(row => row.Long(0));
            link.Statement("UPDATE fence SET alive = 0").Run();
            link.Statement("""
                    INSERT INTO fence (silo, generation, last_batch, alive) VALUES (?, ?, 0, 1)
                    ON CONFLICT DO UPDATE SET generation = excluded.generation, last_batch = 0, alive = 1
                    """)
                .Set(silo)
                .Set(generation)
                .Run();
            link.Execute("COMMIT");
            return new Fence(silo, generation, 0);
        }
        finally
        {
            link.RollBack();
        }
    }
}
