namespace WaGrains.LocalCluster.Proxy;

/// <summary>Asks every silo five times a second whether it wants traffic.</summary>
internal sealed class ReadinessWatch(IReadOnlyList<Backend> backends, HttpMessageInvoker http) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    // A silo that is busy is not silent: two silos of a loaded machine may well take half a second.
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(1.5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(backends.Select(backend => Watch(backend, stoppingToken)));

    private async Task Watch(Backend backend, CancellationToken stopping)
    {
        using var ticks = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            do
            {
                backend.Found(await Ask(backend, stopping));
            }
            while (await ticks.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The proxy stops.
        }
    }

    private async Task<Readiness> Ask(Backend backend, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(SilentAfter, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(backend.Url, "/health/ready"));
        try
        {
            using var answer = await http.SendAsync(question, either.Token);
            return answer.IsSuccessStatusCode ? Readiness.Ready : Readiness.NotReady;
        }
        catch (HttpRequestException)
        {
            return Readiness.Silent;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return Readiness.Silent;
        }
    }
}
