using WaGrains.Engine;
using WaGrains.Engine.Commits;
using WaGrains.Storage;

namespace WaGrains.Host.Silo;

/// <summary>Asks the store once an hour to put itself in order; of several silos one does it.</summary>
internal sealed partial class StoreUpkeep(IMaintained store, TimeProvider clock, ILogger<StoreUpkeep> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (store.ClockAhead.Duration() > Limits.ClocksDifferBy / 2)
            {
                ClockIsOff(store.ClockAhead.TotalMilliseconds);
            }

            try
            {
                await Task.Delay(Every, clock, stoppingToken);
                await store.Maintain(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (StoreUnavailableException)
            {
                Postponed();
            }
        }
    }

    [LoggerMessage(EventId = 1007, Level = LogLevel.Error,
        Message = "This machine's clock is {Milliseconds} ms ahead of the database's: numbers that move between silos "
            + "may send too early; keep the machines' clocks together")]
    private partial void ClockIsOff(double milliseconds);

    [LoggerMessage(EventId = 1006, Level = LogLevel.Warning,
        Message = "The store could not be put in order; the next hour tries again")]
    private partial void Postponed();
}
