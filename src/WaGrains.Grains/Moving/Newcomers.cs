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

    private HashSet<SiloAddress> _known = [];
    private long _came;

    /// <summary>Looks at the silos; whether all of them have been here for a while.</summary>
    public bool AreSettled(Places places)
    {
        HashSet<SiloAddress> silos = [.. places.Silos.Select(silo => silo.Address)];
        if (!silos.IsSubsetOf(_known))
        {
            _came = clock.GetTimestamp();
        }

        _known = silos;
        return clock.GetElapsedTime(_came) >= BeginsWithin;
    }
}
