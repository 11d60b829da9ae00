using Orleans.Runtime;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains.Moving;

/// <summary>
/// Knows whether a silo has only just come: it is busy with its own beginning for a while, and whoever goes there later
/// waits for less.
/// </summary>
public sealed class Newcomers(TimeProvider clock)
{
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(3);

    /// <summary>Where silos go on coming one after the other, the first of them has waited for long enough: owners are
    /// looked for where they lived before for half a minute and no longer.</summary>
    private static readonly TimeSpan WaitsAtMost = TimeSpan.FromSeconds(10);

    private HashSet<SiloAddress> _known = [];
    private long _firstCame;
    private long _lastCame;

    private bool AllHaveBegun => _known.Count == 0 || clock.GetElapsedTime(_lastCame) >= BeginsWithin;

    /// <summary>Looks at the silos; whether all of them have been here for a while.</summary>
    public bool AreSettled(Places places)
    {
        HashSet<SiloAddress> silos = [.. places.Silos.Select(silo => silo.Address)];
        if (!silos.IsSubsetOf(_known))
        {
            _firstCame = AllHaveBegun ? clock.GetTimestamp() : _firstCame;
            _lastCame = clock.GetTimestamp();
        }

        _known = silos;
        return AllHaveBegun || clock.GetElapsedTime(_firstCame) >= WaitsAtMost;
    }
}
