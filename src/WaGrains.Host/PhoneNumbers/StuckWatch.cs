using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>
/// Looks from outside whether queues move: a number whose timer was lost cannot notice it by itself. It tells the
/// number, which raises the alert and tries again.
/// </summary>
internal sealed class StuckWatch(SiloView view, IHintCarrier hints, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LooksEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look(clock.GetUtcNow());
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    /// <summary>Tells every number here that should have sent by now.</summary>
    internal void Look(DateTimeOffset now)
    {
        foreach (var number in view.Stuck(now))
        {
            hints.Carry(new Tell(number.Number, new ReportStuck(number.StuckAt!.Value)));
        }
    }
}
