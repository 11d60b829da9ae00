using Npgsql;
using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>The first statement of every commit (MUST S1).</summary>
internal static class FenceStep
{
    private const string Sql = """
        WITH done AS (
            UPDATE fence SET last_batch = $3
            WHERE silo = $1 AND generation = $2 AND alive AND last_batch = $3 - 1 RETURNING 1)
        SELECT CASE WHEN count(*) = 1 THEN 0 ELSE refuse('WG001', 'fence') END FROM done
        """;

    public static NpgsqlBatchCommand Advance(Fence fence) => new(Sql)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = fence.Silo },
            new NpgsqlParameter<long> { TypedValue = fence.Generation },
            new NpgsqlParameter<long> { TypedValue = fence.Batch },
        },
    };
}
