using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Turns;

/// <summary>
/// What one decision comes to: an answer, the state that follows, the rows that make it durable, and the effects that
/// may leave once they are. Built by the static functions, then by chaining.
/// </summary>
/// <typeparam name="TState">The owner's state.</typeparam>
public sealed class Turn<TState>
{
    private readonly List<Change> _changes = [];
    private readonly List<Effect> _effects = [];

    internal Turn(Reply reply, TState next)
    {
        Reply = reply;
        Next = next;
    }

    /// <summary>What the caller is told, after the commit.</summary>
    public Reply Reply { get; }

    /// <summary>The state after this turn; the same object where nothing changed in memory.</summary>
    public TState Next { get; private set; }

    /// <summary>The rows to commit, in order; empty for a drop, a read or a change of memory alone.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>What leaves after the commit, in order.</summary>
    public IReadOnlyList<Effect> Effects => _effects;

    /// <summary>Adds a row to the commit.</summary>
    public Turn<TState> Change(Change change)
    {
        _changes.Add(change);
        return this;
    }

    /// <summary>Adds rows to the commit.</summary>
    public Turn<TState> Change(IEnumerable<Change> changes)
    {
        _changes.AddRange(changes);
        return this;
    }

    /// <summary>Replaces the state that follows; pair it with the <see cref="StateWritten"/> change where it must
    /// survive.</summary>
    public Turn<TState> Then(TState next)
    {
        Next = next;
        return this;
    }

    /// <summary>Adds an effect.</summary>
    public Turn<TState> Emit(Effect effect)
    {
        _effects.Add(effect);
        return this;
    }

    /// <summary>Adds effects.</summary>
    public Turn<TState> Emit(IEnumerable<Effect> effects)
    {
        _effects.AddRange(effects);
        return this;
    }

    /// <summary>Adds a hint for another owner.</summary>
    public Turn<TState> Tell(OwnerKey to, OwnerMessage message) => Emit(new Tell(to, message));
}

/// <summary>Starts a turn.</summary>
public static class Turn
{
    /// <summary>A turn that answers <paramref name="reply"/> and goes on from <paramref name="state"/>.</summary>
    public static Turn<TState> Answer<TState>(TState state, Reply reply) => new(reply, state);

    /// <summary>A turn that answers <see cref="Done"/>.</summary>
    public static Turn<TState> Accept<TState>(TState state) => new(Done.Reply, state);

    /// <summary>A turn that refuses; it may still carry changes (an alert, say) and effects.</summary>
    public static Turn<TState> Refuse<TState>(TState state, Refusal refusal) => new(new Refused(refusal), state);
}
