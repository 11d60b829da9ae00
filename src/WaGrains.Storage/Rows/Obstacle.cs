using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Rows;

/// <summary>What keeps a turn from being written.</summary>
/// <param name="Because">Why.</param>
/// <param name="Key">The table that refused.</param>
internal sealed record Obstacle(RefusedBecause Because, string Key)
{
    public static Obstacle Version(string table) => new(RefusedBecause.Version, table);

    public static Obstacle Conflict(string table) => new(RefusedBecause.Conflict, table);

    public static Obstacle Poison(string table) => new(RefusedBecause.Poison, table);
}
