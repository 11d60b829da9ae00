using System.Collections.Concurrent;
using Orleans.Runtime;
using WaGrains.Domain.Ids;

namespace WaGrains.Grains.Moving;

/// <summary>The owners that live on this silo. Safe from any thread.</summary>
public sealed class LocalGrains
{
    private readonly ConcurrentDictionary<OwnerKey, IGrainContext> _here = new();

    /// <summary>How many.</summary>
    public int Count => _here.Count;

    /// <summary>All of them, as they stand now.</summary>
    public IEnumerable<KeyValuePair<OwnerKey, IGrainContext>> All => _here;

    /// <summary>An owner has come to life here.</summary>
    public void Add(OwnerKey owner, IGrainContext context) => _here[owner] = context;

    /// <summary>An owner is about to go; a younger activation of it is left alone.</summary>
    public void Remove(OwnerKey owner, IGrainContext context) =>
        _here.TryRemove(new KeyValuePair<OwnerKey, IGrainContext>(owner, context));

    /// <summary>How many of each kind.</summary>
    public IReadOnlyDictionary<OwnerKind, int> ByKind() =>
        _here.Keys.GroupBy(owner => owner.Kind).ToDictionary(kind => kind.Key, kind => kind.Count());
}
