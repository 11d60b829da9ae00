namespace WaGrains.Host.Silo;

/// <summary>
/// A silo that starts spends seconds of a core before it serves anybody; where silos share few cores, those that serve
/// wait for it. So its process gives way from when it has its store until it serves itself.
/// </summary>
internal sealed partial class StartGivesWay(SchedulingGroup group, TimeProvider clock, ILogger<StartGivesWay> log)
    : IHostedLifecycleService
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan TriesFor = TimeSpan.FromSeconds(10);

    /// <summary>The silo serves.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (!group.TakeShare())
        {
            if (clock.GetElapsedTime(began) > TriesFor)
            {
                StaysNice();
                return;
            }

            await Task.Delay(BetweenTries, clock, cancellationToken);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 1025, Level = LogLevel.Warning,
        Message = "This process still gives way to all others: the kernel did not take its former priority back")]
    private partial void StaysNice();
}
