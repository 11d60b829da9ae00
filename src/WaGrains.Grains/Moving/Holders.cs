using Orleans.Runtime;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains.Moving;

/// <summary>Asks other silos what they keep.</summary>
public interface IKeepers
{
    /// <summary>Whether a silo still keeps a part that belongs elsewhere by now; one that does not answer keeps
    /// nothing.</summary>
    /// <param name="silo">Another silo.</param>
    /// <param name="part"><see cref="Places.Part"/> of a key.</param>
    Task<bool> Keeps(SiloAddress silo, string part);
}

/// <summary>Finds who still keeps what belongs elsewhere by now; asks nobody while the cluster has not changed for half
/// a minute.</summary>
public sealed class Holders(ClusterMap map, Keeping keeping, IKeepers others)
{
    /// <summary>The silo that still keeps an owner; null where none but its home may have it.</summary>
    /// <param name="key">The grain's key.</param>
    public async ValueTask<SiloAddress?> Of(string key)
    {
        var places = map.Fresh();
        var past = map.Past;
        if (past.Count == 0)
        {
            return null;
        }

        var part = Places.Part(key);
        var home = places.Of(part);
        foreach (var silo in past.Select(before => before.Of(part)).OfType<SiloAddress>().Distinct())
        {
            if (!silo.Equals(home) && map.MayKeep(silo) && await Keeps(silo, part))
            {
                return silo;
            }
        }

        return null;
    }

    private Task<bool> Keeps(SiloAddress silo, string part) =>
        silo.Equals(map.Me) ? keeping.Keeps(part) : others.Keeps(silo, part);
}
