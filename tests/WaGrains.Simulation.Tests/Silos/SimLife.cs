using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Recovery;
using WaGrains.Engine.Timers;
using WaGrains.Engine.Turns;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>One life of a silo, from its generation to its death: the real engine, stepped. What it holds in memory
/// ends with it.</summary>
internal sealed class SimLife : IEffectSink, IOnlookers
{
    private readonly SimWorld _world;
    private readonly EffectRoutes _routes;
    private readonly SortedDictionary<(OwnerKind, TenantId, UInt128), Seat> _seats = [];
    private readonly OwnerLoader _loader;
    private readonly Recovery _recovery;
    private readonly SimNetwork _network;
    private readonly TimerWheel _wheel = new();
    private readonly List<Action> _lastWill = [];
    private long _unclaimed;

    public SimLife(SimWorld world, SimSilo silo, Fence fence)
    {
        _world = world;
        Silo = silo;
        Generation = fence.Generation;
        Staging = new Staging(this, world.Clock) { Continuations = TaskCreationOptions.None };
        Owners = new SimOwners(world, this);
        _network = new SimNetwork(world, this);
        Committer = new SimCommitter(world, this, fence);
        var targets = new EffectTargets(_network, new SimGraph(world, this, _network), this);
        _routes = new EffectRoutes(targets, _wheel, View, world.Clock);
        _loader = new OwnerLoader(world.Store.Reads, Staging, View, world.Clock);
        Contacts = new ContactDirectory(world.Store.Reads, Staging, FreshContact);
        Intake = new Engine.Intake.Intake(Owners, Contacts, Staging);
        _recovery = new Recovery(world.Store.Reads, _network, View, _wheel, Staging);
        _routes.ReadQueue = number => Guard(_recovery.ReadQueue(number, world.Clock.Now, CancellationToken.None));
    }

    public SimSilo Silo { get; }

    public long Generation { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the others count it in; one that was outvoted may be alive and no member.</summary>
    public bool IsMember { get; set; } = true;

    public Staging Staging { get; }

    public SiloView View { get; } = new();

    public SimOwners Owners { get; }

    public ContactDirectory Contacts { get; }

    public Engine.Intake.Intake Intake { get; }

    public SimCommitter Committer { get; }

    public void Begin()
    {
        Staging.WhenStaged(Committer.Wake);
        _wheel.WhenEarlier(ArmWheel);
        WakeAll();
        After(Limits.UnclaimedAfter, Sweep);
        After(Limits.TimerHorizon / 2, ReadTimers);
    }

    public void After(TimeSpan delay, Action action) => _world.After(delay, () =>
    {
        if (IsAlive)
        {
            action();
        }
    });

    public void Guard(Task work) => _world.Guard(work);

    /// <summary>What the outside notices when this life ends.</summary>
    public void OnDeath(Action notice) => _lastWill.Add(notice);

    public void Die(string why)
    {
        if (!IsAlive)
        {
            return;
        }

        IsAlive = false;
        _world.Trace.Add("died", (UInt128)Silo.Index, Generation);
        _world.Trace.Line($"died {Silo.Name} {Generation} {why}");
        _world.HintsLost++;
        foreach (var notice in _lastWill)
        {
            notice();
        }

        if (IsMember)
        {
            IsMember = false;
            Silo.Died(this);
        }
    }

    /// <summary>The seat of an owner, taken when it is first asked for.</summary>
    public Seat SeatOf(OwnerKey owner)
    {
        var key = (owner.Kind, owner.Tenant, owner.Id);
        if (!_seats.TryGetValue(key, out var seat))
        {
            _seats[key] = seat = new Seat(owner, new OwnerSeat(owner, _loader, Staging, _world.Clock));
        }

        return seat;
    }

    public IReadOnlyCollection<Seat> Seats => _seats.Values;

    /// <summary>This owner lives elsewhere.</summary>
    public void Leave(OwnerKey owner) => _seats.Remove((owner.Kind, owner.Tenant, owner.Id));

    /// <summary>An idle owner leaves memory; one with work under way only where it is to live twice.</summary>
    public void Evict(Seat seat)
    {
        _seats.Remove((seat.Owner.Kind, seat.Owner.Tenant, seat.Owner.Id));
        _world.Trace.Line($"evict {Silo.Name} {seat.Owner}");
    }

    public void Release(OwnerKey from, Effect effect, long commitStartedAt)
    {
        _world.Each(checker => checker.Released(from, effect));
        _routes.Release(from, effect, commitStartedAt);
    }

    public void Show(Seen seen) => _world.Trace.Add(seen.Kind, (UInt128)seen.Subject.Length, 0);

    public void WakeAll() => Guard(_recovery.WakeAll(IsMine, _world.Clock.Now, CancellationToken.None));

    private bool IsMine(OwnerKey owner) =>
        owner.Kind == OwnerKind.Contacts ? _world.Cluster.Ring(owner) == this : _world.Cluster.Home(owner) == this;

    private void Sweep()
    {
        if (_world.Plan.Sabotage != Sabotage.LoseQueueing)
        {
            Guard(_recovery.Sweep(IsMine, _world.Clock.Now, CancellationToken.None));
        }

        _world.Cluster.Unclaimed += _recovery.Unclaimed - _unclaimed;
        if (_recovery.Unclaimed > _unclaimed)
        {
            _world.Trace.Line($"unclaimed {Silo.Name} {_recovery.Unclaimed}");
        }

        _unclaimed = _recovery.Unclaimed;
        After(Limits.UnclaimedAfter, Sweep);
    }

    private void ReadTimers()
    {
        Guard(_recovery.ReadTimers(IsMine, _world.Clock.Now, CancellationToken.None));
        After(Limits.TimerHorizon / 2, ReadTimers);
    }

    private void ArmWheel()
    {
        if (_wheel.Next is { } next)
        {
            After(next > _world.Clock.Now ? next - _world.Clock.Now : TimeSpan.Zero, Turn);
        }
    }

    private void Turn()
    {
        foreach (var due in _wheel.TakeDue(_world.Clock.Now))
        {
            OwnerMessage message = due.Name.Length > 0 ? new TimerFired(due.Name, due.DueAt)
                : due.Owner.Kind == OwnerKind.PhoneNumber ? Pump.Message
                : Domain.Turns.Wake.Message;
            _network.CarryOwn(new Tell(due.Owner, message));
        }

        ArmWheel();
    }

    private ContactId FreshContact() =>
        new(((ulong)_world.Clock.Now.ToUnixTimeMilliseconds() << 21) | (Silo.Dice.Bits() & 0x1FFFFF));
}

/// <summary>An owner's seat, and how much is under way at it.</summary>
internal sealed class Seat(OwnerKey owner, OwnerSeat place)
{
    private int _underWay;

    public OwnerKey Owner => owner;

    public OwnerSeat Place => place;

    public bool IsIdle => _underWay == 0;

    public async Task<Reply> Ask(OwnerMessage message)
    {
        _underWay++;
        try
        {
            return await place.Ask(message, CancellationToken.None);
        }
        finally
        {
            _underWay--;
        }
    }
}
