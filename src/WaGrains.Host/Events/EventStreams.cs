using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;

namespace WaGrains.Host.Events;

/// <summary>The places for streams at this silo. Each stream reads the store for itself, so there are few.</summary>
internal sealed class EventStreams(
    IFeedReads feed, EventBell bell, TimeProvider clock, IHostApplicationLifetime life)
{
    /// <summary>Streams of one tenant at one silo; beyond it <c>too_many_streams</c>.</summary>
    public const int PerTenantMax = 16;

    /// <summary>Streams of all tenants at one silo: idle ones ask the store once a second each.</summary>
    private const int Max = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, int> _open = [];
    private int _total;

    /// <summary>Whether the silo is about to end.</summary>
    public CancellationToken Stopping => life.ApplicationStopping;

    public IFeedReads Feed => feed;

    public EventBell Bell => bell;

    public TimeProvider Clock => clock;

    /// <summary>A place, given back when the stream is disposed; null where none is free.</summary>
    public EventStream? TryOpen(TenantId tenant)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(tenant);
            if (_total >= Max || open >= PerTenantMax)
            {
                return null;
            }

            _open[tenant] = open + 1;
            _total++;
            return new EventStream(this, tenant);
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Close(TenantId tenant)
    {
        lock (_gate)
        {
            _total--;
            var left = _open[tenant] - 1;
            if (left == 0)
            {
                _open.Remove(tenant);
            }
            else
            {
                _open[tenant] = left;
            }
        }
    }
}
