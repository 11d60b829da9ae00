using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;

namespace WaGrains.Engine.Turns;

/// <summary>What became of one input.</summary>
public enum TurnFate
{
    /// <summary>Its rows are durable, its reply may be told, its effects are on their way.</summary>
    Committed,

    /// <summary>It never happened: its commit, or one before it, failed. The activation is gone; the same input may be
    /// given to the next.</summary>
    Void,

    /// <summary>The decision threw: a bug. The activation is gone.</summary>
    Failed,

    /// <summary>There is no room for another turn; nothing was decided.</summary>
    Busy,
}

/// <summary>What became of one input, and what its caller may be told.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Reply">The answer; set exactly when committed.</param>
/// <param name="Error">The exception; set exactly when failed.</param>
/// <param name="Because">Why its own rows were refused; null where it was void for another's sake.</param>
public readonly record struct TurnOutcome(TurnFate Fate, Reply? Reply, Exception? Error, RefusedBecause? Because)
{
    /// <summary>It is durable.</summary>
    public static TurnOutcome Committed(Reply reply) => new(TurnFate.Committed, reply, null, null);

    /// <summary>It never happened.</summary>
    public static TurnOutcome Void(RefusedBecause? because) => new(TurnFate.Void, null, null, because);

    /// <summary>The decision threw.</summary>
    public static TurnOutcome Failed(Exception error) => new(TurnFate.Failed, null, error, null);

    /// <summary>No room.</summary>
    public static readonly TurnOutcome Busy = new(TurnFate.Busy, null, null, null);
}
