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
    private readonly SimGraph _graph;
    private readonly TimerWheel _wheel = new();
    private readonly List<Action> _lastWill = [];
    private long _unclaimed;
    private DateTimeOffset _wakesAt;
    private DateTimeOffset? _turnsAt;

    public SimLife(SimWorld world, SimSilo silo, Fence fence)
    {
        _world = world;
        Silo = silo;
        Generation = fence.Generation;
        Clock = silo.Clock;
        Staging = new Staging(this, Clock) { Continuations = TaskCreationOptions.None };
        Owners = new SimOwners(world, this);
        _network = new SimNetwork(world, this);
        Committer = new SimCommitter(world, this, fence);
        _graph = new SimGraph(world, this, _network);
        var targets = new EffectTargets(_network, _graph, this);
        _routes = new EffectRoutes(targets, _wheel, View, Clock);
        _loader = new OwnerLoader(world.Store.Reads, Staging, View, Clock);
        Contacts = new ContactDirectory(world.Store.Reads, Staging, FreshContact);
        Intake = new Engine.Intake.Intake(Owners, Contacts, Staging);
        _recovery = new Recovery(world.Store.Reads, _network, View, _wheel, Staging);
        _routes.ReadQueue = number => Guard(_recovery.ReadQueue(number, Clock.Now, CancellationToken.None));
    }

    public SimSilo Silo { get; }

    public long Generation { get; }

    public SiloClock Clock { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the others count it in; one that was outvoted may be alive and no member.</summary>
    public bool IsMember => OutvotedAt is null;

    /// <summary>When it was declared dead, or died.</summary>
    public DateTimeOffset? OutvotedAt { get; private set; }

    /// <summary>Stopped by its machine: nothing of it happens before it wakes.</summary>
    public bool IsPaused => _world.Clock.Now < _wakesAt;

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
        if (!IsAlive)
        {
            return;
        }

        if (IsPaused)
        {
            // In the order in which it would have happened.
            _world.At(_wakesAt, () => After(TimeSpan.Zero, action));
            return;
        }

        action();
    });

    public void Pause(TimeSpan time)
    {
        _wakesAt = _world.Clock.Now + time;
        _world.Trace.Add("paused", (UInt128)Silo.Index, time.Ticks);
        _world.Trace.Line($"paused {Silo.Name} {Generation} {time.TotalSeconds:F1}");
    }

    /// <summary>The others have declared it dead; it does not know.</summary>
    public void Outvote() => OutvotedAt ??= _world.Clock.Now;

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
            Outvote();
            Silo.Died(this, TimeSpan.Zero);
        }
    }

    /// <summary>The seat of an owner, taken when it is first asked for.</summary>
    public Seat SeatOf(OwnerKey owner)
    {
        var key = (owner.Kind, owner.Tenant, owner.Id);
        if (!_seats.TryGetValue(key, out var seat))
        {
            _seats[key] = seat = new Seat(owner, new OwnerSeat(owner, _loader, Staging, Clock));
        }

        return seat;
    }

    public IReadOnlyCollection<Seat> Seats => _seats.Values;

    /// <summary>This owner lives elsewhere.</summary>
    public void Leave(OwnerKey owner)
    {
        _seats.Remove((owner.Kind, owner.Tenant, owner.Id));
        View.Left(owner);
    }

    /// <summary>Owners that a change of the cluster has given to another silo go there once they are idle.</summary>
    public void MoveOut()
    {
        foreach (var seat in _seats.Values.Where(seat => !IsMine(seat.Owner)).ToList())
        {
            After(Silo.Dice.Seconds(0, 3), () => MoveOut(seat));
        }
    }

    private void MoveOut(Seat seat)
    {
        if (!IsMember || SeatIn(seat.Owner) != seat || IsMine(seat.Owner))
        {
            return;
        }

        if (!seat.IsIdle)
        {
            After(Silo.Dice.Seconds(0.05, 0.5), () => MoveOut(seat));
            return;
        }

        _world.Trace.Line($"moves {Silo.Name} {seat.Owner}");
        _world.Cluster.Vacate(seat.Owner, this);
        Leave(seat.Owner);
        _graph.Moved(seat.Owner);
    }

    private Seat? SeatIn(OwnerKey owner) => _seats.GetValueOrDefault((owner.Kind, owner.Tenant, owner.Id));

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

    public void WakeAll() => After(TimeSpan.Zero, WakeAllNow);

    /// <summary>Another silo is lost.</summary>
    public void Remind() => After(TimeSpan.Zero, () => _recovery.Remind(Seats.Select(seat => seat.Owner).ToList()));

    private void WakeAllNow() => Guard(_recovery.WakeAll(IsMine, Clock.Now, CancellationToken.None));

    /// <summary>Where placement would put it: what lives elsewhere is on its way.</summary>
    private bool IsMine(OwnerKey owner) => _world.Cluster.Ring(owner) == this;

    private void Sweep()
    {
        if (_world.Plan.Sabotage != Sabotage.LoseQueueing)
        {
            Guard(_recovery.Sweep(IsMine, Clock.Now, CancellationToken.None));
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
        Guard(_recovery.ReadTimers(IsMine, Clock.Now, CancellationToken.None));
        After(Limits.TimerHorizon / 2, ReadTimers);
    }

    private void ArmWheel()
    {
        // One turn for each time, or turns that find nothing would breed for as long as the world lasts.
        if (_wheel.Next is { } next && !(_turnsAt > Clock.Now && _turnsAt <= next))
        {
            _turnsAt = next;
            After(next > Clock.Now ? next - Clock.Now : TimeSpan.Zero, Turn);
        }
    }

    private void Turn()
    {
        foreach (var due in _wheel.TakeDue(Clock.Now))
        {
            OwnerMessage message = due.Name.Length > 0 ? new TimerFired(due.Name, due.DueAt)
                : due.Owner.Kind == OwnerKind.PhoneNumber ? Pump.Message
                : Domain.Turns.Wake.Message;
            _network.CarryOwn(new Tell(due.Owner, message));
        }

        ArmWheel();
    }

    private ContactId FreshContact() =>
        new(((ulong)Clock.Now.ToUnixTimeMilliseconds() << 21) | (Silo.Dice.Bits() & 0x1FFFFF));
}
