using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Timers;
using WaGrains.Engine.Turns;
using WaGrains.Grains.Hints;

namespace WaGrains.Host.Silo;

/// <summary>All that an engine without grains has around it: owners, Meta, and whoever watches.</summary>
internal interface ILoneWorld : IOwners, IGraphCalls, IOnlookers, IHintWatch, ICommitWatch;

/// <summary>
/// The engine's wheel, its driver, hints, staging and commit loop, wired as a silo's and with no Orleans: where owners
/// live is their world's to say.
/// </summary>
internal sealed class LoneEngine : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly WheelDriver _driver;
    private readonly CommitLoop _loop;
    private readonly OwnerLoader _loader;
    private readonly TimeProvider _clock;
    private Task _committing = Task.CompletedTask;

    public LoneEngine(IStore store, ILoneWorld world, TimeProvider clock)
    {
        var view = new SiloView();
        var wheel = new TimerWheel();
        Hints = new HintCarrier(() => world, clock, world);
        Staging = new Staging(
            new EffectRoutes(new EffectTargets(Hints, world, world), wheel, view, clock), clock);
        _driver = new WheelDriver(wheel, Hints, clock);
        _loop = new CommitLoop(Staging, store, clock, world);
        _loader = new OwnerLoader(store.Reads, Staging, view, clock);
        _clock = clock;
    }

    /// <summary>What brings hints to owners.</summary>
    public HintCarrier Hints { get; }

    /// <summary>What goes into the next commit.</summary>
    public Staging Staging { get; }

    /// <summary>The seat of an owner, empty.</summary>
    public OwnerSeat SeatOf(OwnerKey owner) => new(owner, _loader, Staging, _clock);

    /// <summary>Begins to commit and to turn the wheel.</summary>
    public Task Begin(Fence fence)
    {
        _committing = _loop.Run(fence, _stop.Token);
        return _driver.StartAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _driver.StopAsync(CancellationToken.None);
        await Hints.DisposeAsync();
        await _stop.CancelAsync();
        await _committing;
        _driver.Dispose();
        _stop.Dispose();
    }
}
