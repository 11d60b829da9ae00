using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Owners;

/// <summary>One owner in memory, whatever its kind. Not for concurrent use.</summary>
public abstract class Owner
{
    /// <summary>Whose it is.</summary>
    public abstract OwnerKey Key { get; }

    /// <summary>Whether its memory must be given up: load it again before the next message.</summary>
    public abstract bool IsDropped { get; }

    /// <summary>Runs one turn; see <see cref="Activation{TState}.Run"/>.</summary>
    public abstract void Tell(OwnerMessage message, DateTimeOffset now, ITurnCaller caller);

    /// <summary>Which message ids of this message the archive must be asked about first (MUST D1).</summary>
    public virtual IReadOnlyList<MessageId> MustLookUp(OwnerMessage message) => [];
}

/// <summary>An owner with its state and its decisions.</summary>
internal sealed class Owner<TState>(
    Activation<TState> activation,
    Func<TState, OwnerMessage, DateTimeOffset, Turn<TState>> decide,
    Func<TState, OwnerMessage, IReadOnlyList<MessageId>>? mustLookUp = null) : Owner
{
    public override OwnerKey Key => activation.Owner;

    public override bool IsDropped => activation.IsDropped;

    public override void Tell(OwnerMessage message, DateTimeOffset now, ITurnCaller caller) =>
        activation.Run(decide, message, now, caller);

    public override IReadOnlyList<MessageId> MustLookUp(OwnerMessage message) =>
        mustLookUp is null ? [] : mustLookUp(activation.State, message);
}
