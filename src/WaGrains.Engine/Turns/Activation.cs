using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Turns;

/// <summary>One owner's life in memory, as far as staging needs to know it. Safe from any thread.</summary>
/// <param name="owner">Whose it is.</param>
public abstract class Activation(OwnerKey owner)
{
    private int _outstanding;
    private volatile bool _dropped;

    /// <summary>Whose it is.</summary>
    public OwnerKey Owner => owner;

    /// <summary>Whether it has been given up: its memory may be ahead of the store. Never unset.</summary>
    public bool IsDropped => _dropped;

    /// <summary>Gives it up.</summary>
    public void Drop() => _dropped = true;

    /// <summary>Counts its turns that are staged and not settled; returns the new count.</summary>
    internal int ChangeOutstanding(int by) => Interlocked.Add(ref _outstanding, by);
}

/// <summary>
/// One owner in memory: runs its turns one after another, each decided on the state the one before left, long before
/// that one is durable. Not for concurrent use, save what every <see cref="Activation"/> has.
/// </summary>
/// <typeparam name="TState">The owner's state.</typeparam>
/// <param name="owner">Whose it is.</param>
/// <param name="state">The state as the store has it.</param>
/// <param name="staging">The silo's next commit.</param>
public sealed class Activation<TState>(OwnerKey owner, TState state, Staging staging) : Activation(owner)
{
    /// <summary>The state after the newest turn, durable or not; never hand it to anyone but a decision.</summary>
    public TState State { get; private set; } = state;

    /// <summary>
    /// Runs one turn: decides, goes on to the state that follows, and stages the rows. <paramref name="caller"/> is
    /// told exactly once, perhaps before this returns, perhaps from the committing thread: never before the rows, and
    /// those of every earlier turn of this owner, are durable (MUST T2).
    /// </summary>
    /// <param name="decide">The decision: pure.</param>
    /// <param name="message">What it decides about.</param>
    /// <param name="now">The turn's time.</param>
    /// <param name="caller">Told what became of it.</param>
    public void Run(
        Func<TState, OwnerMessage, DateTimeOffset, Turn<TState>> decide, OwnerMessage message, DateTimeOffset now,
        ITurnCaller caller)
    {
        if (IsDropped)
        {
            caller.Settled(TurnOutcome.Void(null));
            return;
        }

        if (!staging.HasRoomFor(this))
        {
            caller.Settled(TurnOutcome.Busy);
            return;
        }

        Turn<TState> turn;
        try
        {
            turn = decide(State, message, now);
        }
        catch (Exception error)
        {
            Drop();
            caller.Settled(TurnOutcome.Failed(error));
            return;
        }

        State = turn.Next;
        staging.Stage(new StagedTurn(Owner, this, turn.Changes, turn.Effects, turn.Reply, caller));
    }
}
