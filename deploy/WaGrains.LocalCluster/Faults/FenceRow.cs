using WaGrains.LocalCluster.Postgres;

namespace WaGrains.LocalCluster.Faults;

/// <summary>The right of one silo to write, as the database has it.</summary>
/// <param name="Generation">Counts the starts of the silo.</param>
/// <param name="Batch">Its last commit.</param>
/// <param name="IsAlive">Whether it may commit again.</param>
internal readonly record struct FenceRow(long Generation, long Batch, bool IsAlive)
{
    /// <summary>The newest row of the silo with this name.</summary>
    public static async Task<FenceRow> Read(PrivatePostgres postgres, string silo, CancellationToken cancel)
    {
        var row = await postgres.Query(
            $"SELECT generation, last_batch, alive FROM fence WHERE silo = '{silo}' ORDER BY generation DESC LIMIT 1",
            cancel);
        return row.Split('|') is [var generation, var batch, var alive]
            ? new FenceRow(long.Parse(generation), long.Parse(batch), alive == "t")
            : throw new RigException($"{silo} has no fence.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Generation}/{Batch} {(IsAlive ? "open" : "closed")}";
}
