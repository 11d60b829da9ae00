using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Commits;

/// <summary>The rows of one turn: committed all together or not at all.</summary>
/// <param name="Owner">Whose turn it was.</param>
/// <param name="Changes">Its rows, in order; at most one <see cref="StateWritten"/> for the owner, whose version chains
/// with the turn before.</param>
public sealed record TurnRows(OwnerKey Owner, IReadOnlyList<Change> Changes);

/// <summary>What one commit is to make durable.</summary>
/// <param name="Fence">Proof that this silo may still write.</param>
/// <param name="Turns">In the order they were staged; turns of one owner follow one another in their own order.</param>
public sealed record CommitBatch(Fence Fence, IReadOnlyList<TurnRows> Turns);

/// <summary>
/// Which incarnation of a silo commits, and how many batches it has committed before this one. The store advances its
/// fence row from <see cref="Batch"/> - 1 to <see cref="Batch"/> in the same transaction: a row that stands elsewhere,
/// or is closed, refuses everything (MUST S1), and after a lost connection it tells whether the batch was committed.
/// </summary>
/// <param name="Silo">The silo's stable name.</param>
/// <param name="Generation">Counts the incarnations of the store's silos; handed out by
/// <see cref="IStore.Open"/>.</param>
/// <param name="Batch">Counts from 1 in each generation.</param>
public readonly record struct Fence(string Silo, long Generation, long Batch);
