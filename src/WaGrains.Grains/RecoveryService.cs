using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Services;
using WaGrains.Domain.Ids;
using WaGrains.Engine;
using WaGrains.Engine.Recovery;

namespace WaGrains.Grains;

/// <summary>Recovery on this silo's part of the ring.</summary>
public interface IRecoveryService : IGrainService;

/// <summary>
/// Wakes the owners of pending rows in this silo's range of the ring: all when the silo starts or the range grows,
/// those nobody has claimed every two seconds. Old and new holder of a range may both wake; waking is idempotent.
/// </summary>
public sealed partial class RecoveryService(
    GrainId id, Silo silo, ILoggerFactory logs, Recovery recovery, SiloActive active)
    : GrainService(id, silo, logs), IRecoveryService
{
    private readonly ILogger _log = logs.CreateLogger<RecoveryService>();
    private volatile bool _wakeAll = true;

    /// <inheritdoc/>
    public override Task OnRangeChange(IRingRange oldRange, IRingRange newRange, bool increased)
    {
        _wakeAll |= increased;
        return base.OnRangeChange(oldRange, newRange, increased);
    }

    /// <inheritdoc/>
    protected override async Task StartInBackground()
    {
        var stopping = StoppedCancellationTokenSource.Token;
        await active.Reached.WaitAsync(stopping);
        var clock = active.Clock;
        using var period = new PeriodicTimer(Limits.UnclaimedAfter, clock);
        var timersReadAt = clock.GetUtcNow();
        while (!stopping.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            try
            {
                if (_wakeAll)
                {
                    _wakeAll = false;
                    await recovery.WakeAll(Mine, now, stopping);
                }
                else
                {
                    await recovery.Sweep(Mine, now, stopping);
                }

                if (now - timersReadAt > Limits.TimerHorizon / 2)
                {
                    timersReadAt = now;
                    await recovery.ReadTimers(Mine, now, stopping);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The store is away, or a silo: the next round finds the same rows.
                RoundFailed(failure.GetType().Name);
                _wakeAll = true;
            }

            try
            {
                await period.WaitForNextTickAsync(stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private bool Mine(OwnerKey owner) => RingRange.InRange(GrainId.Create("owner", owner.ToString()));

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning,
        Message = "Recovery round failed ({Failure}); the next one takes it up")]
    private partial void RoundFailed(string failure);
}
