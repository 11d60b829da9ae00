using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace WaGrains.Grains.Placement;

/// <summary>Marks grains that are placed by <see cref="ByNumberDirector"/>.</summary>
[GenerateSerializer]
public sealed class ByNumberStrategy : PlacementStrategy;

/// <summary>Places a grain by the number in its key: a number and all its conversations on one silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ByNumberAttribute() : PlacementAttribute(new ByNumberStrategy());

/// <summary>Places grains where <see cref="Places"/> says; asks nobody and waits for nothing.</summary>
public sealed class ByNumberDirector(ClusterMap map) : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (silos.Length == 1)
        {
            return Task.FromResult(silos[0]);
        }

        var key = target.GrainIdentity.Key.ToString()!;
        var places = map.Fresh();
        var home = places.Of(key);
        if (home is null || !silos.Contains(home))
        {
            // A silo that this grain's version may not live on, or one that has just gone: the next best.
            home = places.Among(silos).Of(key) ?? Unlabelled(silos, key);
        }

        return Task.FromResult(home);
    }

    /// <summary>No label is known yet: in the first moments of a cluster any silo is as good as another, and what lands
    /// in the wrong place moves.</summary>
    private static SiloAddress Unlabelled(SiloAddress[] silos, string key) =>
        new Places(silos.Select(silo => new LiveSilo(silo, silo.ToParsableString(), Places.SharedPool)),
            System.Collections.Frozen.FrozenDictionary<Domain.Ids.TenantId, string>.Empty).Of(key)!;
}
