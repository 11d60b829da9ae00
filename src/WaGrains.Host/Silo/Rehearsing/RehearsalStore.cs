using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Memory;

namespace WaGrains.Host.Silo.Rehearsing;

/// <summary>A store in memory that remembers what was committed to it, for another to rehearse.</summary>
internal sealed class RehearsalStore : IStore
{
    private readonly MemoryStore _memory = new();
    private readonly List<IReadOnlyList<TurnRows>> _commits = [];

    /// <inheritdoc/>
    public IReads Reads => _memory.Reads;

    /// <summary>The commits so far, in order.</summary>
    public IReadOnlyList<IReadOnlyList<TurnRows>> Commits
    {
        get
        {
            lock (_commits)
            {
                return [.. _commits];
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<Fence> Open(string silo, CancellationToken cancel) => _memory.Open(silo, cancel);

    /// <inheritdoc/>
    public async ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel)
    {
        var result = await _memory.Commit(batch, cancel);
        lock (_commits)
        {
            _commits.Add([.. batch.Turns.Where((_, i) => result.Refused.All(turn => turn.Index != i))]);
        }

        return result;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _memory.DisposeAsync();
}
