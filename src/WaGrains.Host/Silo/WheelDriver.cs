using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Timers;

namespace WaGrains.Host.Silo;

/// <summary>Turns the silo's timer wheel: sleeps until the next time, wakes whoever is due. No polling.</summary>
internal sealed class WheelDriver(TimerWheel wheel, IHintCarrier hints, TimeProvider clock) : BackgroundService
{
    /// <summary>The runtime's timers are no finer; a slot is taken by what the clock says, never early.</summary>
    private static readonly TimeSpan FinestWait = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _earlier = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        wheel.WhenEarlier(() => _earlier.Release());
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var due in wheel.TakeDue(clock.GetUtcNow()))
            {
                hints.Carry(new Tell(due.Owner, Message(due)));
            }

            var wait = wheel.Next is { } next ? next - clock.GetUtcNow() : LongestWait;
            try
            {
                await Sleep(wait > LongestWait ? LongestWait : wait, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public override void Dispose()
    {
        _earlier.Dispose();
        base.Dispose();
    }

    private static OwnerMessage Message(DueTimer due) =>
        due.Name.Length > 0 ? new TimerFired(due.Name, due.DueAt)
        : due.Owner.Kind == OwnerKind.PhoneNumber ? Pump.Message
        : Wake.Message;

    private async Task Sleep(TimeSpan wait, CancellationToken stopping)
    {
        if (wait > TimeSpan.Zero)
        {
            await _earlier.WaitAsync(wait > FinestWait ? wait : FinestWait, stopping);
        }
    }
}
