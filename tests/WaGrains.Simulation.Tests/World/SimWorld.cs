using WaGrains.Simulation.Tests.Checkers;
using WaGrains.Simulation.Tests.Desk;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.Silos;

namespace WaGrains.Simulation.Tests.World;

/// <summary>
/// Engine, store, sandbox, customers and agents in one thread under one clock. The seed decides everything: what is
/// written, what is lost, who dies when.
/// </summary>
internal sealed class SimWorld
{
    private const int EventsMax = 3_000_000;

    /// <summary>After faults and traffic have stopped, this and the time its rate needs for its queue is what a number
    /// has to drain.</summary>
    private static readonly TimeSpan DrainsWithin = TimeSpan.FromMinutes(15);

    /// <summary>How often all rows are looked at; reading them costs more than a minute of the rest.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LooksInTheCalmEvery = TimeSpan.FromMinutes(5);

    private readonly Agenda _agenda = new();
    private readonly List<Finding> _findings = [];
    private readonly List<Checker> _checkers;

    public SimWorld(SimPlan plan)
    {
        Plan = plan;
        Clock = new SimClock(plan.Start);
        Trace = new Trace(Clock, plan.TraceLines);
        Store = new SimStore(this);
        Tenants = SimTenant.Pair(plan);
        Cluster = new SimCluster(this);
        Meta = new SimMeta(this);
        _checkers = CheckerList.For(this);
    }

    public SimPlan Plan { get; }

    public SimClock Clock { get; }

    public Trace Trace { get; }

    public SimStore Store { get; }

    public IReadOnlyList<SimTenant> Tenants { get; }

    public SimCluster Cluster { get; }

    public SimMeta Meta { get; }

    /// <summary>Whether faults may happen and customers write.</summary>
    public bool IsStormy { get; private set; }

    /// <summary>Hints that were lost for good: swallowed by the network, given up, or with the silo that carried
    /// them.</summary>
    public long HintsLost { get; set; }

    public IReadOnlyList<Finding> Findings => _findings;

    public void After(TimeSpan delay, Action action) => _agenda.Add(Clock.Now + delay, action);

    public void At(DateTimeOffset at, Action action) => _agenda.Add(at > Clock.Now ? at : Clock.Now, action);

    public void Report(Finding finding)
    {
        if (_findings.Count < 200)
        {
            _findings.Add(finding);
        }
    }

    public void Each(Action<Checker> tell)
    {
        foreach (var checker in _checkers)
        {
            tell(checker);
        }
    }

    /// <summary>Watches over work that nobody awaits.</summary>
    public async void Guard(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception error)
        {
            Report(new Finding("Unexpected", Clock.Elapsed, error.GetType().Name, "no exception", error.ToString()));
        }
    }

    /// <summary>Runs the whole story: set-up, the storm, the calm after it.</summary>
    /// <returns>The first findings; empty if every rule held.</returns>
    public IReadOnlyList<Finding> Run()
    {
        Prepare();
        IsStormy = true;
        Weather.Begin(this);
        SimDesk.Begin(this);
        Meta.Begin();
        Look();
        RunUntil(Clock.Now + Plan.Storm, static () => false);
        IsStormy = false;
        Cluster.Calm();
        Meta.Calm();
        var longest = TimeSpan.FromMinutes(Tenants.SelectMany(tenant => tenant.Numbers)
            .Max(number => Store.Ledger.Queue.Values.Count(row => row.Number == number.Id) / number.LimitPerMinute));
        RunUntil(Clock.Now + DrainsWithin + (1.05 * longest), static () => false);
        if (_findings.Count == 0 || Plan.KeepGoing)
        {
            var rows = Store.Snapshot();
            Each(checker => checker.Looked(rows));
            Each(checker => checker.Drained(rows));
        }

        return _findings;
    }

    /// <summary>Brings the silos to life and sets the tenants up; nobody writes yet.</summary>
    public void Prepare()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Cluster.Start();
        var ready = SetUp.Run(this);
        RunUntil(Clock.Now + TimeSpan.FromMinutes(1), () => ready.IsCompleted);
        Guard(ready);
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => RunUntil(Clock.Now + time, static () => false);

    /// <summary>Faults for so long, without any traffic of the world's own; then they end.</summary>
    public void Rage(TimeSpan time)
    {
        IsStormy = true;
        Weather.Begin(this);
        Pass(time);
        IsStormy = false;
        Cluster.Calm();
        Meta.Calm();
    }

    public void Listen(Checker checker) => _checkers.Add(checker);

    private void RunUntil(DateTimeOffset end, Func<bool> done)
    {
        var events = 0;
        while (!done() && (_findings.Count == 0 || Plan.KeepGoing) && _agenda.TryTake(end, out var at, out var action))
        {
            Clock.MoveTo(at);
            action();
            if (++events > EventsMax)
            {
                Report(new Finding("Busy", Clock.Elapsed, "the agenda", $"at most {EventsMax} events", "more"));
                return;
            }
        }

        if (!done())
        {
            Clock.MoveTo(end);
        }
    }

    private void Look()
    {
        var rows = Store.Snapshot();
        Each(checker => checker.Looked(rows));
        After(IsStormy ? LooksEvery : LooksInTheCalmEvery, Look);
    }
}
