namespace WaGrains.Domain.Turns;

/// <summary>
/// A command or a hint to one owner. Each kind of owner has a closed set of its own; all are immutable and may be
/// handed from thread to thread.
/// </summary>
public abstract record OwnerMessage;

/// <summary>Tells an owner to look at its rows and go on with what they ask for. Harmless at any time, any number of
/// times.</summary>
public sealed record Wake : OwnerMessage
{
    /// <summary>The usual one.</summary>
    public static readonly Wake Message = new();

    /// <summary>The one for rows that have waited longer than they should.</summary>
    public static readonly Wake Overdue = new() { IsOverdue = true };

    /// <summary>Whether rows oblige this owner of which its memory on its silo knows nothing: it may be a life that
    /// another one has got ahead of.</summary>
    public bool IsOverdue { get; init; }
}

/// <summary>A durable timer is due.</summary>
/// <param name="Name">Which of the owner's timers.</param>
/// <param name="DueAt">The occurrence: a timer that was moved since is recognised by it.</param>
public sealed record TimerFired(string Name, DateTimeOffset DueAt) : OwnerMessage;
