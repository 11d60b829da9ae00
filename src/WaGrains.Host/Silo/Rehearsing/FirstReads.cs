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

    /// <summary>Finds some of those that have something to do.</summary>
    /// <returns>Those of each kind.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<OwnerKey>>> Find(CancellationToken cancel)
    {
        var pending = await reads.Pending(clock.GetUtcNow(), Limits.RecoveryOwnersMax, cancel);
        return
        [
            .. pending.Select(one => one.Owner)
                .Where(owner => owner.Kind != OwnerKind.Contacts)
                .GroupBy(owner => owner.Kind)
                .Select(kind => kind.Take(OwnersOfAKind).ToList()),
        ];
    }

    /// <summary>Reads these.</summary>
    public Task Read(IEnumerable<OwnerKey> owners, CancellationToken cancel) =>
        Task.WhenAll(owners.Select(owner => loader.Load(owner, cancel).AsTask()));
}
