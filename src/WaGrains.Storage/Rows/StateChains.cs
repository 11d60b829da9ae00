using System.Collections;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Storage.Rows;

/// <summary>
/// The states a batch writes, one per owner: the last of a chain of versions replaces the version before its first.
/// </summary>
internal sealed class StateChains : IEnumerable<StateChain>
{
    private readonly Dictionary<OwnerKey, int> _at = [];
    private readonly List<StateChain> _chains = [];

    /// <summary>Adds an owner's next state; false where its version does not follow the one before.</summary>
    public bool Add(StateWritten written)
    {
        if (!_at.TryGetValue(written.Owner, out var at))
        {
            _at.Add(written.Owner, _chains.Count);
            _chains.Add(new StateChain(written.Version - 1, written));
            return true;
        }

        var chain = _chains[at];
        if (written.Version != chain.Last.Version + 1)
        {
            return false;
        }

        _chains[at] = chain with { Last = written };
        return true;
    }

    public IEnumerator<StateChain> GetEnumerator() => _chains.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An owner's states of one batch.</summary>
/// <param name="Expected">The version that must stand before them.</param>
/// <param name="Last">The state to write.</param>
internal readonly record struct StateChain(long Expected, StateWritten Last);
