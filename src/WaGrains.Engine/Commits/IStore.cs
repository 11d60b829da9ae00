using WaGrains.Engine.Reading;

namespace WaGrains.Engine.Commits;

/// <summary>
/// A store: where turns become durable and where everything is read. Implementations share one contract suite. Safe for
/// use from many threads; commits are made by one loop at a time.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>
    /// Brings the schema up to date, takes the right to write, and hands out the next generation.
    /// </summary>
    /// <param name="silo">The silo's stable name.</param>
    /// <param name="cancel">The caller has stopped waiting.</param>
    /// <returns>The fence as it stands before the first batch (<see cref="Fence.Batch"/> is 0).</returns>
    /// <exception cref="StoreInUseException">Another process holds the right to write.</exception>
    ValueTask<Fence> Open(string silo, CancellationToken cancel);

    /// <summary>
    /// Commits a batch in one transaction. A turn that cannot be committed is left out and reported with every later
    /// turn of its owner in the batch, and the rest goes on; a turn is never committed in part. Does not throw for
    /// anything the database says; an unknown outcome is resolved by the fence row before this returns.
    /// </summary>
    ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel);

    /// <summary>Reads of committed rows.</summary>
    IReads Reads { get; }
}

/// <summary>A store cannot be read now: try again later.</summary>
public class StoreUnavailableException(string message) : Exception(message);

/// <summary>Another process serves this data already.</summary>
public sealed class StoreInUseException(string message) : Exception(message);
