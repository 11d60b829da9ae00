using WaGrains.Grains;
using WaGrains.Host.Configuration;

namespace WaGrains.Host.Demo;

/// <summary>Makes the demo's tenant once the silo serves, then lets its agents work through the API like
/// anybody's.</summary>
internal sealed partial class DemoLife(
    DemoTenant tenant,
    SiloActive silo,
    WaGrainsOptions options,
    IServiceProvider services,
    ILogger<DemoLife> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await silo.Reached.WaitAsync(stoppingToken);
            var key = await tenant.Prepare(stoppingToken);
            var view = services.GetService<TerminalView>();
            view?.Welcome(key);
            using var agents = new DemoAgents(new Uri(options.Url), key, silo.Clock);
            await Task.WhenAll(
                agents.Work(stoppingToken),
                view?.Show(stoppingToken) ?? Task.CompletedTask,
                services.GetService<PaceTicker>()?.Work(stoppingToken) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception failure)
        {
            // The demo is no part of the service: it ends alone, and says so.
            DemoEnded(failure);
        }
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "The demo has ended; the host goes on")]
    private partial void DemoEnded(Exception failure);
}
