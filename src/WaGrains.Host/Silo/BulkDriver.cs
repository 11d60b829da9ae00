using WaGrains.Domain.Ids;
using WaGrains.Engine.Bulk;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;

namespace WaGrains.Host.Silo;

/// <summary>Carries out the rounds of the bulk sends that live on this silo, a few at a time and never two of the same
/// send, in the order they ask.</summary>
internal sealed partial class BulkDriver(EffectRoutes routes, BulkRounds rounds, ILogger<BulkDriver> log)
    : BackgroundService
{
    private const int AtOnceMax = 8;

    private readonly RoundsWanted _wanted = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        routes.CarryOut = _wanted.Ask;
        try
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnceMax).Select(_ => Work(stoppingToken)));
        }
        catch (OperationCanceledException)
        {
            // The silo stops; whoever lives on takes the sends up.
        }
    }

    private async Task Work(CancellationToken stopping)
    {
        while (true)
        {
            var send = await _wanted.Next(stopping);
            try
            {
                await rounds.Run(send, stopping);
            }
            catch (Exception failure) when (failure is OwnerUnavailableException or StoreUnavailableException
                or OwnerFailedException)
            {
                // It wakes by itself within a minute.
                RoundFailed(send.BulkSend, failure.GetType().Name);
            }
            finally
            {
                _wanted.Done(send);
            }
        }
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Warning, Message = "A round of {Send} failed ({Failure})")]
    private partial void RoundFailed(BulkSendId send, string failure);
}
