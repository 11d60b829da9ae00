using System.Collections.Concurrent;
using WaGrains.Domain.Ids;

namespace WaGrains.Grains.Moving;

/// <summary>The owners that live on this silo. Safe from any thread.</summary>
public sealed class LocalGrains
{
    private readonly ConcurrentDictionary<OwnerKey, LocalSeat> _here = new();

    /// <summary>How many.</summary>
    public int Count => _here.Count;

    /// <summary>All of them, as they stand now.</summary>
    public IEnumerable<KeyValuePair<OwnerKey, LocalSeat>> All => _here;

    /// <summary>Where this owner lives on this silo, if it does.</summary>
    public LocalSeat? Find(OwnerKey owner) => _here.GetValueOrDefault(owner);

    /// <summary>An owner has come to life here.</summary>
    public void Add(OwnerKey owner, LocalSeat seat) => _here[owner] = seat;

    /// <summary>An owner is about to go; a younger activation of it is left alone.</summary>
    public void Remove(OwnerKey owner, LocalSeat seat) =>
        _here.TryRemove(new KeyValuePair<OwnerKey, LocalSeat>(owner, seat));

    /// <summary>How many of each kind.</summary>
    public IReadOnlyDictionary<OwnerKind, int> ByKind() =>
        _here.Keys.GroupBy(owner => owner.Kind).ToDictionary(kind => kind.Key, kind => kind.Count());
}
