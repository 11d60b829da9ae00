namespace WaGrains.Engine.Commits;

/// <summary>How a commit went.</summary>
public enum CommitVerdict
{
    /// <summary>The transaction is durable; single turns may have been left out, see
    /// <see cref="CommitResult.Refused"/>.</summary>
    Durable,

    /// <summary>This incarnation may write no more: its process must end. Nothing of the batch is durable.</summary>
    FenceLost,

    /// <summary>The store cannot be reached or is full; surely nothing of the batch is durable.</summary>
    Unavailable,
}

/// <summary>Why one turn's rows were left out.</summary>
public enum RefusedBecause
{
    /// <summary>The owner's row does not stand at the version before: another activation has written it.</summary>
    Version,

    /// <summary>A unique key is taken: a message id, an identity, an idempotency key, a number; or a row is not where
    /// the turn requires it.</summary>
    Conflict,

    /// <summary>The rows cannot be written at all (size, characters).</summary>
    Poison,

    /// <summary>An earlier turn of the same owner in this batch was refused.</summary>
    Follows,
}

/// <summary>One turn that is not part of the commit.</summary>
/// <param name="Index">Its position in <see cref="CommitBatch.Turns"/>.</param>
/// <param name="Because">Why.</param>
/// <param name="Key">The table or key that refused, for logs; holds no customer's words.</param>
public readonly record struct RefusedTurn(int Index, RefusedBecause Because, string Key);

/// <summary>The outcome of a commit.</summary>
/// <param name="Verdict">How it went as a whole.</param>
/// <param name="Refused">Turns that were left out of a durable commit, by ascending index; usually none.</param>
public sealed record CommitResult(CommitVerdict Verdict, IReadOnlyList<RefusedTurn> Refused)
{
    /// <summary>Everything is durable.</summary>
    public static readonly CommitResult Durable = new(CommitVerdict.Durable, []);

    /// <summary>The fence is lost.</summary>
    public static readonly CommitResult FenceLost = new(CommitVerdict.FenceLost, []);

    /// <summary>Nothing is durable.</summary>
    public static readonly CommitResult Unavailable = new(CommitVerdict.Unavailable, []);
}
