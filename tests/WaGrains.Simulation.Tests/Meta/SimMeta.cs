using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;
using WaGrains.Sandbox.Webhooks;
using WaGrains.Simulation.Tests.Silos;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Meta;

/// <summary>Meta's side of the wire: webhooks to whatever silo answers, repeated until a 200, sometimes twice at
/// once.</summary>
internal sealed class SimMeta(SimWorld world)
{
    private const int CallsMax = 64;

    private readonly Dice _dice = Dice.For(world.Plan.Seed, 3);
    private readonly Dictionary<TenantId, DateTimeOffset> _armed = [];

    public void Begin()
    {
        foreach (var tenant in world.Tenants)
        {
            tenant.Sandbox.StartWriting(world.Clock.Now, world.Plan.InboundPerMinute);
            Step(tenant);
            Strangers.Begin(world, tenant);
        }
    }

    /// <summary>Nobody writes any more, and Meta refuses nothing.</summary>
    public void Calm()
    {
        foreach (var tenant in world.Tenants)
        {
            tenant.Sandbox.StopWriting();
            tenant.Sandbox.RefuseNext(0, 0);
            tenant.Sandbox.RefuseUntil(world.Clock.Now, 0);
        }
    }

    /// <summary>Something may be due at the sandbox now, or earlier than was thought.</summary>
    public void Step(SimTenant tenant)
    {
        if (tenant.Sandbox.NextDue is not { } next)
        {
            return;
        }

        var due = next > world.Clock.Now ? next : world.Clock.Now;
        if (_armed.TryGetValue(tenant.Id, out var armed) && armed <= due && armed > world.Clock.Now)
        {
            return;
        }

        _armed[tenant.Id] = due;
        world.At(due, () => Take(tenant, due));
    }

    private void Take(SimTenant tenant, DateTimeOffset due)
    {
        if (_armed.GetValueOrDefault(tenant.Id) == due)
        {
            _armed.Remove(tenant.Id);
        }

        foreach (var call in tenant.Sandbox.TakeDue(world.Clock.Now, CallsMax))
        {
            world.After(_dice.Seconds(0.0005, 0.01), () => Deliver(tenant, call));
        }

        Step(tenant);
    }

    private void Deliver(SimTenant tenant, WebhookCall call)
    {
        if (world.Cluster.Anyone() is not { } life)
        {
            world.After(TimeSpan.FromMilliseconds(1), () => Answer(tenant, call, 0));
            return;
        }

        world.Each(checker => checker.Delivered(tenant.Id, call.Body));
        var answered = false;
        void Once(int status)
        {
            if (!answered)
            {
                answered = true;
                Answer(tenant, call, status);
            }
        }

        life.OnDeath(() => world.After(TimeSpan.FromSeconds(2), () => Once(0)));
        life.After(TimeSpan.Zero, () => world.Guard(Process(tenant, call, life, Once)));
        if (world.IsStormy && _dice.Happens(world.Plan.WebhookTwice) && world.Cluster.Anyone() is { } other)
        {
            other.After(TimeSpan.Zero, () => world.Guard(Process(tenant, call, other, static _ => { })));
        }
    }

    private async Task Process(SimTenant tenant, WebhookCall call, SimLife life, Action<int> answer)
    {
        var sabotage = world.Plan.Sabotage;
        var app = sabotage == Sabotage.CrossTenants && _dice.Happens(0.1)
            ? world.Tenants.Single(each => each != tenant)
            : tenant;
        var arrivals = WebhookArrivals.Of(tenant.Id, call.Body, world.Store.Reads);
        arrivals = sabotage == Sabotage.ShiftRepeats && _dice.Happens(0.3)
            ? WebhookArrivals.Shifted(arrivals)
            : arrivals;
        var poisoned = Poison(tenant);
        if (sabotage == Sabotage.AcknowledgeEarly)
        {
            Tell(tenant, call, poisoned);
            answer(200);
        }

        var status = await Accept(life, app.Id, [.. arrivals, .. poisoned.Select(Unpalatable)]);
        if (status == 200)
        {
            Tell(tenant, call, poisoned);
        }

        answer(status);
    }

    private static async Task<int> Accept(SimLife life, TenantId tenant, IReadOnlyList<Arrival> arrivals)
    {
        try
        {
            await life.Intake.Accept(tenant, arrivals, life.Clock.Now, CancellationToken.None);
            return 200;
        }
        catch (OwnerUnavailableException)
        {
            return 503;
        }
    }

    private void Tell(SimTenant tenant, WebhookCall call, IReadOnlyList<OwnerKey> poisoned) =>
        world.Each(checker => checker.Acknowledged(new Acknowledgement(tenant.Id, call.Body, poisoned)));

    private void Answer(SimTenant tenant, WebhookCall call, int status)
    {
        world.Trace.Add("answered", (UInt128)call.Id, status);
        world.Trace.Line($"answered {tenant.Id} {call.Id} {status}");
        tenant.Sandbox.Answered(world.Clock.Now, call.Id, status);
        Step(tenant);
    }

    /// <summary>Whom the webhook gives something it cannot take.</summary>
    private List<OwnerKey> Poison(SimTenant tenant) =>
        !world.IsStormy || !_dice.Happens(world.Plan.Poison) ? []
        : _dice.Below(3) switch
        {
            0 => [OwnerKey.Of(tenant.Id, _dice.Pick(tenant.Teams))],
            1 => [OwnerKey.Of(tenant.Id, _dice.Pick(tenant.Agents).Id)],
            _ => [.. world.Store.Ledger.Conversations.Keys.Where(key => key.Tenant == tenant.Id).Take(1)],
        };

    private static QualityArrival Unpalatable(OwnerKey owner) => new(owner, QualityEvent.Green, "sim");
}
