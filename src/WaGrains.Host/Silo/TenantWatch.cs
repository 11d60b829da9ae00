using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;
using WaGrains.Grains.Placement;
using Orleans.Runtime;

namespace WaGrains.Host.Silo;

/// <summary>
/// Keeps what this silo knows of tenants fresh, at most two seconds behind: their rules, for decisions, and their
/// pools, for placement. Has read once before the silo becomes a member, so that it places nobody by guess.
/// </summary>
internal sealed partial class TenantWatch(
    IReads reads, SiloView view, ClusterMap map, TimeProvider clock, ILogger<TenantWatch> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<TenantId, string> _pools = [];
    private readonly Dictionary<TenantId, (TenantState Tenant, long At)> _lately = [];
    private long _revision;
    private Task _running = Task.CompletedTask;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(TenantWatch),
        ServiceLifecycleStage.ApplicationServices,
        async cancel =>
        {
            await Round(cancel);
            _running = Run();
        },
        async _ =>
        {
            await _stop.CancelAsync();
            await _running;
        });

    public void Dispose() => _stop.Dispose();

    private async Task Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, clock, _stop.Token);
                await Round(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure) when (failure is StoreUnavailableException)
            {
                // Nothing changes while nobody can write; the next round reads it all.
                RoundFailed();
            }
        }
    }

    private async Task Round(CancellationToken cancel)
    {
        var changes = await reads.TenantsSince(_revision, cancel);
        _revision = changes.Revision;
        foreach (var tenant in changes.Tenants)
        {
            _lately[tenant.Id] = (tenant, clock.GetTimestamp());
            Place(tenant);
        }

        map.Put(_pools);
        Renew();
    }

    /// <summary>Rules are compiled where somebody needs them: the first to load a tenant here reads it by itself, and
    /// may have begun to before the change. So what has changed is held up to it for a while.</summary>
    private void Renew()
    {
        foreach (var (id, (tenant, at)) in _lately)
        {
            if (view.Rules(id) is { } known && known.Version < tenant.Version)
            {
                view.Put(tenant);
            }

            if (clock.GetElapsedTime(at) > HeldFor)
            {
                _lately.Remove(id);
            }
        }
    }

    private void Place(TenantState tenant)
    {
        if (tenant.Pool is { } pool && pool != Places.SharedPool)
        {
            _pools[tenant.Id] = pool;
        }
        else
        {
            _pools.Remove(tenant.Id);
        }
    }

    [LoggerMessage(EventId = 1005, Level = LogLevel.Warning,
        Message = "Tenants could not be read; their rules stay as they were")]
    private partial void RoundFailed();
}
