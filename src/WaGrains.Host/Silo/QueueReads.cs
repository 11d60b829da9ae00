using System.Threading.Channels;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Recovery;

namespace WaGrains.Host.Silo;

/// <summary>Reads a number's queue rows again when it noticed that a hint was lost.</summary>
internal sealed class QueueReads(EffectRoutes routes, Recovery recovery, TimeProvider clock) : BackgroundService
{
    /// <summary>Numbers that wait to be read; beyond it the oldest request goes: recovery's sweep finds the
    /// number.</summary>
    private const int WaitingMax = 10_000;

    private readonly Channel<OwnerKey> _numbers = Channel.CreateBounded<OwnerKey>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        routes.ReadQueue = number => _numbers.Writer.TryWrite(number);
        try
        {
            await foreach (var number in _numbers.Reader.ReadAllAsync(stoppingToken))
            {
                await recovery.ReadQueue(number, clock.GetUtcNow(), stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
