using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Owners;

/// <summary>
/// Asks any owner, wherever it lives. Handles what an asker should not have to know: activations that were dropped are
/// asked again, merged conversations are followed to their survivor.
/// </summary>
public interface IOwners
{
    /// <summary>Gives an owner a message and returns its answer once that is durable.</summary>
    /// <param name="owner">Whom.</param>
    /// <param name="message">What. May be given twice where an activation was dropped in between: its ids make the
    /// second time harmless.</param>
    /// <param name="cancel">The caller has stopped waiting; the turn may still happen.</param>
    /// <exception cref="OwnerUnavailableException">No answer can be had now; nothing is known to have
    /// happened.</exception>
    /// <exception cref="OwnerFailedException">The decision threw, twice: a bug.</exception>
    Task<Reply> Ask(OwnerKey owner, OwnerMessage message, CancellationToken cancel);
}

/// <summary>An owner cannot answer now: the store is away, the silo is full, or a commit failed too often. Try again
/// later.</summary>
public sealed class OwnerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An owner's decision threw each time it was tried.</summary>
public sealed class OwnerFailedException(string message, Exception? inner = null) : Exception(message, inner);
