using Orleans.Runtime;

namespace WaGrains.Host.Silo;

/// <summary>Notices that the others have voted this silo out, and ends the process before Orleans' own two seconds of
/// grace are over: its grains would go on deciding what they may no longer commit.</summary>
internal sealed partial class MembershipWatch(
    IClusterMembershipService membership,
    ILocalSiloDetails local,
    Ending ending,
    IHostApplicationLifetime life,
    ILogger<MembershipWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                if (snapshot.GetSiloStatus(local.SiloAddress) == SiloStatus.Dead
                    && !life.ApplicationStopping.IsCancellationRequested)
                {
                    VotedOut();
                    ending.FenceLost();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops of its own accord.
        }
    }

    [LoggerMessage(EventId = 1002, Level = LogLevel.Critical,
        Message = "The other silos have declared this one dead; it ends")]
    private partial void VotedOut();
}
