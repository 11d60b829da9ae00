using WaGrains.Domain.Ids;

namespace WaGrains.Host.Events;

/// <summary>Wakes who waits for a tenant's events when this silo has committed something of that tenant. Safe from any
/// thread; costs nothing while nobody waits.</summary>
internal sealed class EventBell
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, TaskCompletionSource> _waiting = [];
    private volatile bool _isWaited;

    /// <summary>Completes with the tenant's next commit. To be asked for before one looks what there is, or what is
    /// committed in between goes unheard.</summary>
    public Task Next(TenantId tenant)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(tenant, out var heard))
            {
                heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(tenant, heard);
                _isWaited = true;
            }

            return heard.Task;
        }
    }

    /// <summary>Something of these tenants is durable.</summary>
    public void Ring(IEnumerable<TenantId> tenants)
    {
        if (!_isWaited)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var tenant in tenants)
            {
                if (_waiting.Remove(tenant, out var heard))
                {
                    heard.SetResult();
                }
            }

            _isWaited = _waiting.Count > 0;
        }
    }
}
