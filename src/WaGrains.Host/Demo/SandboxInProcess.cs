using WaGrains.Sandbox.Shell;

namespace WaGrains.Host.Demo;

/// <summary>Runs the sandbox beside the host, on a port of its own, from the moment the host can be called
/// back.</summary>
internal sealed class SandboxInProcess(IConfiguration configuration, IHostApplicationLifetime life) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = life.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            var options = SandboxConfiguration.Read(configuration);
            await using var sandbox = SandboxServer.Build(options, [options.Url]);
            await sandbox.StartAsync(stoppingToken);
            await sandbox.WaitForShutdownAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, and its customers with it.
        }
    }
}
