using Npgsql;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres;

/// <summary>
/// Writes turns in an open transaction and leaves out those that something stands against: a stretch of turns is tried
/// as a whole, and where it fails its halves are, the first before the second. So a turn is judged with exactly those
/// before it that stand, and one culprit among hundreds costs some ten tries.
/// </summary>
internal sealed class CarefulPass(
    NpgsqlConnection connection, Archive archive, ArchiveMap map, IReadOnlyList<TurnRows> turns)
{
    private readonly SortedDictionary<int, RefusedTurn> _refused = [];
    private readonly HashSet<OwnerKey> _behind = [];

    /// <summary>Writes the turns; returns those that are left out, in order.</summary>
    public async Task<IReadOnlyList<RefusedTurn>> Write()
    {
        await Write([.. Enumerable.Range(0, turns.Count)]);
        return [.. _refused.Values];
    }

    private async Task Write(int[] stretch)
    {
        foreach (var follower in stretch.Where(i => _behind.Contains(turns[i].Owner)))
        {
            _refused.Add(follower, new RefusedTurn(follower, RefusedBecause.Follows, ""));
        }

        var tried = Array.FindAll(stretch, i => !_behind.Contains(turns[i].Owner));
        if (tried.Length == 0 || await Try(tried) is not { } obstacle)
        {
            return;
        }

        if (tried is [var culprit])
        {
            _behind.Add(turns[culprit].Owner);
            _refused.Add(culprit, new RefusedTurn(culprit, obstacle.Because, obstacle.Key));
            return;
        }

        await Write(tried[..(tried.Length / 2)]);
        await Write(tried[(tried.Length / 2)..]);
    }

    /// <summary>Writes these turns, or nothing and says what stands against one of them.</summary>
    private async Task<Obstacle?> Try(int[] tried)
    {
        var plan = CommitPlan.Of(archive, map, [.. tried.Select(i => turns[i])], tried[0], out var obstacle);
        if (plan is null)
        {
            return obstacle;
        }

        await using var commands = new NpgsqlBatch(connection);
        commands.BatchCommands.Add(new NpgsqlBatchCommand("SAVEPOINT turns"));
        foreach (var (command, _) in plan)
        {
            commands.BatchCommands.Add(command);
        }

        commands.BatchCommands.Add(new NpgsqlBatchCommand("RELEASE SAVEPOINT turns"));
        try
        {
            await commands.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException failed) when (CommitPlan.Blames(failed, plan) is { } found)
        {
            await using var back = new NpgsqlBatch(connection)
            {
                BatchCommands = { new("ROLLBACK TO SAVEPOINT turns"), new("RELEASE SAVEPOINT turns") },
            };
            await back.ExecuteNonQueryAsync();
            return found;
        }
    }
}
