using System.Collections.Concurrent;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains.Forwarding;

/// <summary>
/// Knows whom another silo can be trusted with: owners that live there and have lived there for as long as anybody may
/// be on the move. The others are asked for one by one, as Orleans finds them. Safe from any thread.
/// </summary>
public sealed class Elsewhere(ClusterMap map, LocalGrains here)
{
    private Homes _homes = new(Places.None);

    /// <summary>Whether there is another silo at all.</summary>
    public bool Exists => map.Fresh().Silos.Count > 1;

    /// <summary>The other silo where an owner lives; null where it lives here or may be on its way.</summary>
    public SiloAddress? Of(OwnerKey owner)
    {
        var home = HomesIn(map.Fresh()).Of(owner);
        return home is not null && !home.Equals(map.Me) && here.Find(owner) is null
            && map.Past.All(before => home.Equals(before.Of(owner)))
            ? home
            : null;
    }

    private Homes HomesIn(Places places)
    {
        var homes = Volatile.Read(ref _homes);
        if (!ReferenceEquals(homes.Places, places))
        {
            Volatile.Write(ref _homes, homes = new Homes(places));
        }

        return homes;
    }

    /// <summary>Homes as they were computed once: by its number, an owner that is asked for in thousands.</summary>
    private sealed class Homes(Places places)
    {
        private readonly ConcurrentDictionary<OwnerKey, SiloAddress?> _known = new();

        public Places Places => places;

        public SiloAddress? Of(OwnerKey owner) =>
            _known.GetOrAdd(owner, static (owner, places) => places.Of(owner), places);
    }
}
