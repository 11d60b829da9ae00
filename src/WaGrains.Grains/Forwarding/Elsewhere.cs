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
public sealed class Elsewhere(ClusterMap map, LocalGrains here, TimeProvider clock)
{
    /// <summary>So long a silo that could not be asked is not asked again: in an upgrade one of the version before does
    /// not know the word, and each try is an error in its log.</summary>
    private static readonly TimeSpan AvoidsFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<SiloAddress, long> _avoided = new();
    private Homes _homes = new(Places.None);

    /// <summary>Whether there is another silo at all.</summary>
    public bool Exists => map.Fresh().Silos.Count > 1;

    /// <summary>The other silo where an owner lives; null where it lives here, may be on its way, or its silo is
    /// avoided.</summary>
    public SiloAddress? Of(OwnerKey owner)
    {
        var home = HomesIn(map.Fresh()).Of(owner);
        return home is not null && !home.Equals(map.Me) && here.Find(owner) is null
            && map.Past.All(before => home.Equals(before.Of(owner)))
            && !IsAvoided(home)
            ? home
            : null;
    }

    /// <summary>A silo could not be asked: for half a minute nobody is elsewhere there.</summary>
    public void Avoid(SiloAddress silo)
    {
        // A silo that ended never comes back under its address.
        foreach (var over in _avoided.Where(each => !IsLately(each.Value)))
        {
            _avoided.TryRemove(over);
        }

        _avoided[silo] = clock.GetTimestamp();
    }

    private bool IsAvoided(SiloAddress silo) => _avoided.TryGetValue(silo, out var since) && IsLately(since);

    private bool IsLately(long since) => clock.GetElapsedTime(since) < AvoidsFor;

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
