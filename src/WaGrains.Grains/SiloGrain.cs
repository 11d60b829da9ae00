using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;
using WaGrains.Grains.Reports;

namespace WaGrains.Grains;

/// <summary>One per silo, from before it is a member until after it has left.</summary>
[Reentrant]
public sealed class SiloGrain(GrainId id, Silo silo, ILoggerFactory logs, Keeping keeping, Figures figures)
    : GrainService(id, silo, logs), ISiloGrain
{
    /// <inheritdoc/>
    public Task Leaves(SiloAddress silo)
    {
        keeping.Map.Leaves(silo);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> Keeps(string part, MembershipVersion version)
    {
        await keeping.Map.CatchUp(version);
        return await keeping.Keeps(part);
    }

    /// <inheritdoc/>
    Task<SiloFigures> ISiloGrain.Figures() => Task.FromResult(figures.Take());
}

/// <summary>Talks to the other silos, each by its address.</summary>
public sealed class Neighbours(IServiceProvider services, ClusterMap map)
    : GrainServiceClient<ISiloGrain>(services), IKeepers
{
    /// <summary>Tells all others that this silo is about to leave; one that does not answer learns it from the
    /// membership.</summary>
    public async Task Leave()
    {
        var others = map.Fresh().Silos.Where(silo => !silo.Address.Equals(map.Me)).ToList();
        map.Leaves(map.Me);
        await Task.WhenAll(others.Select(silo => Tell(silo.Address)));
    }

    /// <inheritdoc/>
    public async Task<bool> Keeps(SiloAddress silo, string part)
    {
        try
        {
            return await GetGrainService(silo).Keeps(part, map.Version);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return false;
        }
    }

    /// <summary>How a silo stands; null where it does not answer.</summary>
    public async Task<SiloFigures?> Figures(SiloAddress silo)
    {
        try
        {
            return await GetGrainService(silo).Figures();
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return null;
        }
    }

    private async Task Tell(SiloAddress other)
    {
        try
        {
            await GetGrainService(other).Leaves(map.Me);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            // It goes on placing here until our row says otherwise, and what lands here moves once more.
        }
    }
}
