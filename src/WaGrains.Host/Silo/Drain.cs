using WaGrains.Grains;
using WaGrains.Grains.Hints;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;
using WaGrains.Host.Configuration;

namespace WaGrains.Host.Silo;

/// <summary>
/// The good order of leaving: the others place nothing more here, everybody goes home to them while requests are still
/// served, calls to Meta come to their end, and only then the listener closes and the silo leaves. Runs before anything
/// is stopped, on SIGTERM and on <c>POST /admin/cluster/drain</c> alike.
/// </summary>
internal sealed partial class Drain(
    Neighbours neighbours, Mover mover, HintCarrier hints, DrainPace pace, ILogger<Drain> log)
    : IHostedLifecycleService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var began = pace.Clock.GetTimestamp();
        if (pace.Map.Fresh().Silos.All(silo => silo.Address.Equals(pace.Map.Me)))
        {
            return;
        }

        Leaving();
        await neighbours.Leave();
        try
        {
            do
            {
                // What another silo placed here before it heard of us goes as well.
                await mover.BringHome(cancellationToken);
                await Task.Delay(Look, pace.Clock, cancellationToken);
            }
            while (MustWait(pace.Clock.GetElapsedTime(began)));
            await mover.BringHome(cancellationToken);
            await neighbours.Empty();
        }
        catch (OperationCanceledException)
        {
            // Told to hurry: what is still here is deactivated with the silo.
        }

        var took = pace.Clock.GetElapsedTime(began);
        Left(mover.Moved, took);
    }

    /// <summary>At least as long as the balancer needs; then for calls and hints to end, which they do within a call's
    /// own time and a little.</summary>
    private bool MustWait(TimeSpan waited) =>
        waited < pace.ForBalancer
        || (waited < pace.ForBalancer + pace.ForCalls && (pace.Calls.Count > 0 || hints.UnderWay > 0));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 1003, Level = LogLevel.Information,
        Message = "This silo leaves: its owners go home first")]
    private partial void Leaving();

    [LoggerMessage(EventId = 1004, Level = LogLevel.Information,
        Message = "{Moved} owners have gone home after {Took}; the silo stops")]
    private partial void Left(long moved, TimeSpan took);
}

/// <summary>What leaving waits for.</summary>
internal sealed record DrainPace(CallsUnderWay Calls, ClusterMap Map, WaGrainsOptions Options, TimeProvider Clock)
{
    /// <summary>Answers of Meta still have to reach their numbers after a call.</summary>
    private static readonly TimeSpan ForAnswers = TimeSpan.FromSeconds(5);

    /// <summary>How long a balancer may need to notice.</summary>
    public TimeSpan ForBalancer => TimeSpan.FromSeconds(Options.Cluster.DrainSeconds);

    /// <summary>How long calls may take to end.</summary>
    public TimeSpan ForCalls => TimeSpan.FromSeconds(Options.SendTimeoutSeconds) + ForAnswers;
}
