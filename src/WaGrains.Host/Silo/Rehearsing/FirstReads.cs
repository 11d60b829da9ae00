using WaGrains.Domain.Ids;
using WaGrains.Engine;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.Silo.Rehearsing;

/// <summary>Reads owners as a silo does when they come to life on it, and keeps nothing of them.</summary>
internal sealed class FirstReads(IReads reads, OwnerLoader loader, TimeProvider clock)
{
    /// <summary>Reads some of those that have something to do.</summary>
    /// <param name="ofAKind">At most so many of each kind.</param>
    /// <param name="cancel">Nobody waits for it any more.</param>
    /// <returns>How many.</returns>
    public async Task<int> Read(int ofAKind, CancellationToken cancel)
    {
        var pending = await reads.Pending(clock.GetUtcNow(), Limits.RecoveryOwnersMax, cancel);
        var owners = pending.Select(one => one.Owner)
            .Where(owner => owner.Kind != OwnerKind.Contacts)
            .GroupBy(owner => owner.Kind)
            .SelectMany(kind => kind.Take(ofAKind))
            .ToList();
        await Task.WhenAll(owners.Select(owner => loader.Load(owner, cancel).AsTask()));
        return owners.Count;
    }
}
