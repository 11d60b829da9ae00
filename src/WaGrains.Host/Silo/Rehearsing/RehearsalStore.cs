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
    public ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel)
    {
        lock (_commits)
        {
            _commits.Add(batch.Turns);
        }

        return _memory.Commit(batch, cancel);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _memory.DisposeAsync();
}
