using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;
using WaGrains.Simulation.Tests.Silos;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Desk;

/// <summary>A caller of the API: finds a kept answer before it acts, and tries again with the same key while there is
/// none.</summary>
internal sealed class Clerk(SimWorld world)
{
    private const int TriesMax = 8;

    public void Give(OwnerKey owner, OwnerMessage message, IdempotencyKey? key) =>
        Try(owner, message, key, 1);

    /// <summary>Gives a command that may act any number of times until it has acted, in the calm too.</summary>
    public void Insist(OwnerKey owner, OwnerMessage message)
    {
        if (world.Cluster.Anyone() is not { } life)
        {
            world.After(TimeSpan.FromSeconds(1), () => Insist(owner, message));
            return;
        }

        life.After(TimeSpan.Zero, () => world.Guard(InsistOn(life, owner, message)));
    }

    private async Task InsistOn(SimLife life, OwnerKey owner, OwnerMessage message)
    {
        var done = false;
        life.OnDeath(() =>
        {
            if (!done)
            {
                world.After(TimeSpan.FromSeconds(1), () => Insist(owner, message));
            }
        });
        try
        {
            await life.Owners.Ask(owner, message, CancellationToken.None);
            done = true;
        }
        catch (OwnerUnavailableException)
        {
            done = true;
            world.After(TimeSpan.FromSeconds(1), () => Insist(owner, message));
        }
    }

    private void Try(OwnerKey owner, OwnerMessage message, IdempotencyKey? key, int attempt)
    {
        if (world.Cluster.Anyone() is not { } life)
        {
            Again(owner, message, key, attempt);
            return;
        }

        life.OnDeath(() => Again(owner, message, key, attempt));
        life.After(TimeSpan.Zero, () => world.Guard(TryAt(life, owner, message, key, attempt)));
    }

    private async Task TryAt(SimLife life, OwnerKey owner, OwnerMessage message, IdempotencyKey? key, int attempt)
    {
        if (key is not null && world.Plan.Sabotage != Sabotage.ForgetKeys && await Kept(owner.Tenant, key) is not null)
        {
            return;
        }

        try
        {
            await life.Owners.Ask(owner, message, CancellationToken.None);
        }
        catch (OwnerUnavailableException)
        {
            Again(owner, message, key, attempt);
        }
    }

    private async Task<IdempotencyKept?> Kept(TenantId tenant, IdempotencyKey key) =>
        await world.Store.Reads.Idempotency(tenant, key.Key, world.Clock.Now.AddDays(-7), CancellationToken.None);

    private void Again(OwnerKey owner, OwnerMessage message, IdempotencyKey? key, int attempt)
    {
        if (key is not null && attempt < TriesMax && world.IsStormy)
        {
            world.After(TimeSpan.FromSeconds(attempt), () => Try(owner, message, key, attempt + 1));
        }
    }
}
