using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using WaGrains.Grains.Forwarding;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;
using WaGrains.Grains.Reports;

namespace WaGrains.Grains;

/// <summary>One per silo, from before it is a member until after it has left.</summary>
[Reentrant]
public sealed class SiloGrain(GrainId id, Silo silo, ILoggerFactory logs, SiloDuties duties)
    : GrainService(id, silo, logs), ISiloGrain
{
    /// <inheritdoc/>
    public Task Leaves(SiloAddress silo)
    {
        duties.Keeping.Map.Leaves(silo);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Empties(SiloAddress silo)
    {
        duties.Keeping.Map.Empties(silo);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> Keeps(string part, MembershipVersion version)
    {
        await duties.Keeping.Map.CatchUp(version);
        return await duties.Keeping.Keeps(part);
    }

    /// <inheritdoc/>
    public Task<bool> Takes(ForwardedWebhook webhook) => duties.Take(webhook);

    /// <inheritdoc/>
    Task<SiloFigures> ISiloGrain.Figures() => Task.FromResult(duties.Figures.Take());
}

/// <summary>What a silo does for others.</summary>
/// <param name="Keeping">Says who still lives on it.</param>
/// <param name="Figures">Says how it stands.</param>
/// <param name="Take">Takes webhooks of numbers that live on it.</param>
public sealed record SiloDuties(Keeping Keeping, Figures Figures, TakeForwarded Take);

/// <summary>Talks to the other silos, each by its address.</summary>
public sealed class Neighbours(IServiceProvider services, ClusterMap map)
    : GrainServiceClient<ISiloGrain>(services), IKeepers
{
    /// <summary>Tells all others that this silo is about to leave; one that does not answer learns it from the
    /// membership.</summary>
    public Task Leave()
    {
        map.Leaves(map.Me);
        return Tell(other => other.Leaves(map.Me));
    }

    /// <summary>Tells all others that nobody lives on this silo any more, so that they do not ask it while it
    /// stops.</summary>
    public Task Empty() => Tell(other => other.Empties(map.Me));

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

    /// <summary>Forwards a webhook to a silo.</summary>
    /// <returns>Whether its part is durable there; null where the silo could not be asked.</returns>
    public async Task<bool?> Forward(SiloAddress silo, ForwardedWebhook webhook)
    {
        try
        {
            return await GetGrainService(silo).Takes(webhook);
        }
        catch (Exception failure) when (failure is not TimeoutException)
        {
            // The silo has gone, is of a version that does not know the word, or met what we shall meet as well.
            return null;
        }
        catch (TimeoutException)
        {
            // Perhaps it has been taken, and certainly Meta has waited long enough.
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

    private Task Tell(Func<ISiloGrain, Task> what) => Task.WhenAll(map.Fresh().Silos
        .Where(silo => !silo.Address.Equals(map.Me))
        .Select(silo => Tell(silo.Address, what)));

    private async Task Tell(SiloAddress other, Func<ISiloGrain, Task> what)
    {
        try
        {
            await what(GetGrainService(other));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // It does not answer, or is of a version that does not know the word.
            // It goes on placing here, or asking, until our row says otherwise; what lands here moves once more.
        }
    }
}
