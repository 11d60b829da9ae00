using WaGrains.Domain.Ids;
using WaGrains.Engine;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.Silo.Rehearsing;

/// <summary>Reads owners as a silo does when they come to life on it, and keeps nothing of them.</summary>
internal sealed class FirstReads(IReads reads, OwnerLoader loader, TimeProvider clock)
{
    /// <summary>Owners of each kind: as many as open every connection, several times over.</summary>
    private const int OwnersOfAKind = 64;

    /// <summary>Reads some of those that have something to do.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Read(CancellationToken cancel)
    {
        var pending = await reads.Pending(clock.GetUtcNow(), Limits.RecoveryOwnersMax, cancel);
        var owners = pending.Select(one => one.Owner)
            .Where(owner => owner.Kind != OwnerKind.Contacts)
            .GroupBy(owner => owner.Kind)
            .SelectMany(kind => kind.Take(OwnersOfAKind))
            .ToList();
        await Task.WhenAll(owners.Select(owner => loader.Load(owner, cancel).AsTask()));
        return owners.Count;
    }
}
