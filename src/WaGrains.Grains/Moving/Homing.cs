using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaGrains.Grains.Placement;

namespace WaGrains.Grains.Moving;

/// <summary>Keeps everybody at home: draws the cluster again when it changes, and moves whoever belongs elsewhere
/// then.</summary>
public sealed partial class Homing(
    ClusterMap map, Mover mover, SiloActive active, ILogger<Homing> log) : BackgroundService
{
    /// <summary>Labels of new silos come without a signal; and a grain that was placed by an older picture is found so
    /// soon.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Newcomers _newcomers = new(active.Clock);
    private IReadOnlyList<string> _deadPools = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await active.Reached.WaitAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                map.Refresh();
                var changed = map.Changed;
                Watch(map.Current);
                if (_newcomers.AreSettled(map.Current))
                {
                    await mover.BringHome(stoppingToken);
                }

                await Task.WhenAny(changed, Task.Delay(Every, active.Clock, stoppingToken));
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private void Watch(Places places)
    {
        var dead = places.DeadPools;
        foreach (var pool in dead.Except(_deadPools))
        {
            PoolWithoutSilos(pool);
        }

        _deadPools = dead;
    }

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error,
        Message = "No silo of pool {Pool} lives; its tenants are served by the shared pool until one does")]
    private partial void PoolWithoutSilos(string pool);
}
