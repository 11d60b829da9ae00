using Orleans.Runtime;
using WaGrains.Engine.Commits;

namespace WaGrains.Host.Silo;

/// <summary>
/// Runs the silo's commit loop from before its first grain until after its last one: what a grain stages while it is
/// being deactivated still commits. A silo that loses the right to write ends its process.
/// </summary>
internal sealed partial class Committer(
    CommitLoop loop, OpenedStore opened, Ending ending, ILogger<Committer> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(Committer),
        ServiceLifecycleStage.ApplicationServices,
        _ =>
        {
            _running = Run();
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stop.CancelAsync();
            await _running;
        });

    public void Dispose() => _stop.Dispose();

    private async Task Run()
    {
        await Task.Yield();
        if (!await loop.Run(opened.Fence, _stop.Token))
        {
            FenceLost();
            ending.FenceLost();
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Critical,
        Message = "The fence is lost: this process may write no more; it ends")]
    private partial void FenceLost();
}

/// <summary>The store, opened, with the fence it gave.</summary>
internal sealed record OpenedStore(IStore Store, Fence Fence);
