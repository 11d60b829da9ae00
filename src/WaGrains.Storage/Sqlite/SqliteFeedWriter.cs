using WaGrains.Engine.Commits;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>Writes what a commit tells: a row per tenant.</summary>
internal sealed class SqliteFeedWriter(SqliteLink link, TimeProvider clock)
{
    private readonly SqliteStatement _tell = link.Statement(
        "INSERT INTO feed (tenant, last, at, events) VALUES (?, ?, ?, ?)");

    /// <summary>Writes what those turns tell that were not refused.</summary>
    public void Write(IReadOnlyList<TurnRows> turns, IReadOnlyList<RefusedTurn> refused)
    {
        IEnumerable<TurnRows> standing = turns;
        if (refused.Count > 0)
        {
            HashSet<int> left = [.. refused.Select(turn => turn.Index)];
            standing = turns.Where((_, i) => !left.Contains(i));
        }

        var at = Moment.Micros(clock.GetUtcNow());
        foreach (var row in FeedRow.Of(standing, 0))
        {
            _tell.Set(row.Tenant.Value).Set((long)row.Last).Set(at).Set(row.Events).Run();
        }
    }
}
