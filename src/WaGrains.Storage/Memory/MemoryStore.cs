using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>
/// A store for simulation and tests that keeps nothing when the process ends. Several silos may share it: opening
/// closes only the older
/// generations of the same silo, and <see cref="Close"/> stands for the statement that declares a silo dead. Every call
/// has
/// completed when it returns, all orders are fixed, and nothing read is shared with what was written.
/// </summary>
public sealed class MemoryStore : IStore
{
    private readonly Lock _gate = new();
    private readonly MemoryJournal _journal = new();
    private readonly MemoryTables _tables;
    private readonly MemoryWriter _writer;
    private readonly SortedDictionary<string, Standing> _fences = new(StringComparer.Ordinal);
    private long _generations;

    /// <summary>An empty store.</summary>
    public MemoryStore()
    {
        _tables = new MemoryTables(_journal);
        _writer = new MemoryWriter(_tables);
        Reads = new MemoryReads(_tables, _gate);
    }

    /// <summary>What events' times are told by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public IReads Reads { get; }

    /// <inheritdoc/>
    public ValueTask<Fence> Open(string silo, CancellationToken cancel)
    {
        lock (_gate)
        {
            _fences[silo] = new Standing(++_generations, 0, Alive: true);
            return ValueTask.FromResult(new Fence(silo, _generations, 0));
        }
    }

    /// <summary>
    /// Declares a silo dead: none of its commits gets through any more, until it opens again as a new generation.
    /// </summary>
    public void Close(string silo)
    {
        lock (_gate)
        {
            if (_fences.TryGetValue(silo, out var standing))
            {
                _fences[silo] = standing with { Alive = false };
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel)
    {
        lock (_gate)
        {
            var fence = batch.Fence;
            var next = new Standing(fence.Generation, fence.Batch, Alive: true);
            if (!_fences.TryGetValue(fence.Silo, out var standing)
                || standing with { Batch = standing.Batch + 1 } != next)
            {
                return ValueTask.FromResult(CommitResult.FenceLost);
            }

            _fences[fence.Silo] = next;
            var refused = WriteAll(batch.Turns);
            HashSet<int> left = [.. refused.Select(turn => turn.Index)];
            _tables.Feed.Add(batch.Turns.Where((_, i) => !left.Contains(i)), Moment.Micros(Clock.GetUtcNow()));
            return ValueTask.FromResult(
                refused.Count == 0 ? CommitResult.Durable : new CommitResult(CommitVerdict.Durable, refused));
        }
    }

    /// <summary>Removes what is past its time.</summary>
    internal void Maintain(DateTimeOffset now)
    {
        lock (_gate)
        {
            _tables.Feed.Trim(Moment.Micros(now - StoreLimits.EventsKept));
        }
    }

    /// <summary>What an operator does after a restore.</summary>
    internal void RaiseEpoch()
    {
        lock (_gate)
        {
            _tables.Feed.RaiseEpoch();
        }
    }

    /// <summary>All rows as they stand, for checkers.</summary>
    public MemorySnapshot Snapshot()
    {
        lock (_gate)
        {
            return MemorySnapshot.Of(_tables);
        }
    }

    /// <summary>Does nothing: the rows stay for whoever opens next.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<RefusedTurn> WriteAll(IReadOnlyList<TurnRows> turns)
    {
        List<RefusedTurn> refused = [];
        HashSet<OwnerKey> behind = [];
        for (var i = 0; i < turns.Count; i++)
        {
            var obstacle = behind.Contains(turns[i].Owner)
                ? new Obstacle(RefusedBecause.Follows, "")
                : Write(turns[i]);
            if (obstacle is not null)
            {
                behind.Add(turns[i].Owner);
                refused.Add(new RefusedTurn(i, obstacle.Because, obstacle.Key));
            }
        }

        return refused;
    }

    private Obstacle? Write(TurnRows turn)
    {
        try
        {
            foreach (var change in turn.Changes)
            {
                if (_writer.Write(change) is { } obstacle)
                {
                    return obstacle;
                }
            }

            _journal.Keep();
            return null;
        }
        catch (UnwritableException poison)
        {
            return Obstacle.Poison(poison.Table);
        }
        finally
        {
            _journal.TakeBack();
        }
    }

    private readonly record struct Standing(long Generation, long Batch, bool Alive);
}
