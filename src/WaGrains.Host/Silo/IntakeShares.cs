using WaGrains.Domain.Ids;

namespace WaGrains.Host.Silo;

/// <summary>
/// Places for webhooks, shared: one tenant may take them all while nobody else wants any, and at most its share as soon
/// as somebody does. Safe from any thread.
/// </summary>
/// <param name="places">Webhooks under way at once, of all tenants.</param>
/// <param name="share">What one tenant may take of them while others want some, above 0 to 1.</param>
/// <param name="clock">Tells how long ago others came.</param>
internal sealed class IntakeShares(int places, double share, TimeProvider clock)
{
    /// <summary>A tenant that came so lately still wants to be served: Meta repeats a refused webhook soon.</summary>
    private static readonly TimeSpan WantsFor = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, int> _taken = [];
    private readonly int _perTenant = Math.Max(1, (int)(places * share));
    private int _total;
    private (TenantId Tenant, long At)? _newest;
    private (TenantId Tenant, long At)? _other;

    /// <summary>Takes a place for a tenant; false where it has none.</summary>
    public bool TryEnter(TenantId tenant)
    {
        lock (_gate)
        {
            Came(tenant);
            var taken = _taken.GetValueOrDefault(tenant);
            if (_total >= places || taken >= (OthersWant(tenant) ? _perTenant : places))
            {
                return false;
            }

            _taken[tenant] = taken + 1;
            _total++;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(TenantId tenant)
    {
        lock (_gate)
        {
            _total--;
            var left = _taken[tenant] - 1;
            if (left == 0)
            {
                _taken.Remove(tenant);
            }
            else
            {
                _taken[tenant] = left;
            }
        }
    }

    private void Came(TenantId tenant)
    {
        if (_newest is { } newest && newest.Tenant != tenant)
        {
            _other = newest;
        }

        _newest = (tenant, clock.GetTimestamp());
    }

    /// <summary>The one asking has just become the newest.</summary>
    private bool OthersWant(TenantId tenant) =>
        _other is { } other && other.Tenant != tenant && clock.GetElapsedTime(other.At) < WantsFor;
}
