namespace WaGrains.Host.Tests.Cluster;

/// <summary>New customers who write one after another, each webhook to the silo a balancer would choose, until
/// stopped. Whatever is not answered 200 fails the test.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private static readonly TimeSpan SlowestWebhook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReachesWithin = TimeSpan.FromSeconds(30);

    private readonly ClusterWorld _world;
    private readonly Func<Task<SiloProcess>> _choose;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile int _written;

    private Traffic(ClusterWorld world, Func<Task<SiloProcess>> choose)
    {
        (_world, _choose) = (world, choose);
        _running = Run();
    }

    public static Traffic Run(ClusterWorld world, Func<Task<SiloProcess>> choose) => new(world, choose);

    /// <summary>Waits until so many more webhooks have been answered.</summary>
    public Task Reaches(int more)
    {
        var until = _written + more;
        return Patience.Until(ReachesWithin, () => $"only {_written} of {until} webhooks", async () =>
        {
            if (_running.IsFaulted)
            {
                await _running;
            }

            return _written >= until;
        });
    }

    /// <summary>Stops, and tells how many webhooks were answered 200: all of them, or this throws.</summary>
    public async Task<int> Stop()
    {
        await _stop.CancelAsync();
        await _running;
        return _written;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running);
        _stop.Dispose();
    }

    private async Task Run()
    {
        await Task.Yield();
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var silo = await _choose();
            var began = TimeProvider.System.GetTimestamp();
            var status = await _world.Write(silo, $"{1001 + (i % 3)}");
            var took = TimeProvider.System.GetElapsedTime(began);
            Assert.True(status == 200, $"webhook {i} to {silo.Name}: {status} after {took}");
            Assert.True(took < SlowestWebhook, $"webhook {i} to {silo.Name} took {took}");
            _written++;
        }
    }
}
