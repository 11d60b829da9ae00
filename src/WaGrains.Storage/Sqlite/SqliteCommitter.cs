using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Sqlite;

/// <summary>
/// Makes batches durable, one transaction each. The first pass hopes that nothing stands against any turn and writes
/// one state per owner; where
/// something does, it is rolled back and the batch runs again with a savepoint per turn.
/// </summary>
internal sealed class SqliteCommitter(SqliteLink link, TimeProvider clock)
{
    private readonly SqliteWriter _writer = new(link);
    private readonly SqliteFeedWriter _feed = new(link, clock);
    private readonly SqliteStatement _begin = link.Statement("BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = link.Statement("COMMIT");
    private readonly SqliteStatement _savepoint = link.Statement("SAVEPOINT turn");
    private readonly SqliteStatement _release = link.Statement("RELEASE turn");
    private readonly SqliteStatement _backToSavepoint = link.Statement("ROLLBACK TO turn");

    private readonly SqliteStatement _advance = link.Statement("""
        UPDATE fence SET last_batch = ?3 WHERE silo = ?1 AND generation = ?2 AND alive = 1 AND last_batch = ?3 - 1
        """);

    private readonly SqliteStatement _lastBatch = link.Statement(
        "SELECT last_batch FROM fence WHERE silo = ? AND generation = ?");

    public CommitResult Commit(CommitBatch batch)
    {
        try
        {
            return Run(batch, WriteHopefully) ?? Run(batch, WriteCarefully) ?? CommitResult.Unavailable;
        }
        catch (SqliteFault)
        {
            return CommitResult.Unavailable;
        }
        finally
        {
            Abandon();
        }
    }

    /// <summary>One transaction; null, and nothing of it stands, where the pass gave up.</summary>
    private CommitResult? Run(CommitBatch batch, Func<IReadOnlyList<TurnRows>, List<RefusedTurn>?> pass)
    {
        _begin.Run();
        if (_advance.Set(batch.Fence.Silo).Set(batch.Fence.Generation).Set(batch.Fence.Batch).Run() != 1)
        {
            return CommitResult.FenceLost;
        }

        if (pass(batch.Turns) is not { } refused)
        {
            link.RollBack();
            return null;
        }

        _feed.Write(batch.Turns, refused);
        var result = refused.Count == 0 ? CommitResult.Durable : new CommitResult(CommitVerdict.Durable, refused);
        try
        {
            _commit.Run();
            return result;
        }
        catch (SqliteFault)
        {
            return HasCommitted(batch.Fence) ? result : CommitResult.Unavailable;
        }
    }

    /// <summary>What the fence says of a commit whose own answer was an error.</summary>
    private bool HasCommitted(Fence fence)
    {
        link.RollBack();
        return _lastBatch.Set(fence.Silo).Set(fence.Generation).One(row => row.Long(0)) == fence.Batch;
    }

    private List<RefusedTurn>? WriteHopefully(IReadOnlyList<TurnRows> turns)
    {
        try
        {
            StateChains chains = new();
            foreach (var turn in turns)
            {
                foreach (var change in turn.Changes)
                {
                    var fits = change is StateWritten written ? chains.Add(written) : _writer.Write(change) is null;
                    if (!fits)
                    {
                        return null;
                    }
                }
            }

            return chains.All(chain => _writer.States.Write(chain.Last, chain.Expected) is null) ? [] : null;
        }
        catch (UnwritableException)
        {
            return null;
        }
        catch (SqliteFault fault) when (fault.BlamesRows)
        {
            return null;
        }
    }

    private List<RefusedTurn> WriteCarefully(IReadOnlyList<TurnRows> turns)
    {
        List<RefusedTurn> refused = [];
        HashSet<OwnerKey> behind = [];
        for (var i = 0; i < turns.Count; i++)
        {
            var obstacle = behind.Contains(turns[i].Owner)
                ? new Obstacle(RefusedBecause.Follows, "")
                : WriteOne(turns[i]);
            if (obstacle is not null)
            {
                behind.Add(turns[i].Owner);
                refused.Add(new RefusedTurn(i, obstacle.Because, obstacle.Key));
            }
        }

        return refused;
    }

    private Obstacle? WriteOne(TurnRows turn)
    {
        _savepoint.Run();
        var obstacle = Write(turn);
        if (obstacle is not null)
        {
            _backToSavepoint.Run();
        }

        _release.Run();
        return obstacle;
    }

    private Obstacle? Write(TurnRows turn)
    {
        var table = "";
        try
        {
            foreach (var change in turn.Changes)
            {
                table = change.GetType().Name;
                if (_writer.Write(change) is { } obstacle)
                {
                    return obstacle;
                }
            }

            return null;
        }
        catch (UnwritableException poison)
        {
            return Obstacle.Poison(poison.Table);
        }
        catch (SqliteFault fault) when (fault.BlamesRows)
        {
            return Obstacle.Poison(table);
        }
    }

    /// <summary>
    /// Leaves no transaction open, whatever happened; a connection that cannot even do this says so at the next batch.
    /// </summary>
    private void Abandon()
    {
        try
        {
            link.RollBack();
        }
        catch (SqliteFault)
        {
            // The next BEGIN fails and reports the store as unavailable.
        }
    }
}
