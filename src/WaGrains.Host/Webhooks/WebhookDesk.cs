using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Host.Configuration;
using WaGrains.Host.Telemetry;

namespace WaGrains.Host.Webhooks;

/// <summary>What became of a webhook.</summary>
internal enum WebhookFate
{
    /// <summary>All of it is durable.</summary>
    Durable,

    /// <summary>Correctly signed, and no JSON object.</summary>
    Malformed,

    /// <summary>Not all of it is durable: Meta must send it again.</summary>
    NotDurable,
}

/// <summary>Takes signed webhooks in, so many at once.</summary>
internal sealed class WebhookDesk(
    Arrivals arrivals, Intake intake, TimeProvider clock, EngineWatch watch, WaGrainsOptions options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.WebhooksMax);

    /// <summary>A place at the desk, to be given back; null when there is none, before any work is done.</summary>
    public IDisposable? Enter() => _places.Wait(TimeSpan.Zero) ? new Place(_places) : null;

    /// <summary>Reads and takes one body.</summary>
    public async Task<WebhookFate> Take(TenantId tenant, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var batch = WebhookReader.Read(body);
        if (batch.IsMalformed)
        {
            watch.Webhook("malformed", 0, clock.GetElapsedTime(began));
            return WebhookFate.Malformed;
        }

        try
        {
            await intake.Accept(tenant, await arrivals.Of(tenant, batch, cancel), clock.GetUtcNow(), cancel);
            watch.Webhook("durable", batch.Items.Count, clock.GetElapsedTime(began));
            return WebhookFate.Durable;
        }
        catch (Exception failure) when (failure is OwnerUnavailableException or StoreUnavailableException)
        {
            watch.Webhook("not_durable", batch.Items.Count, clock.GetElapsedTime(began));
            return WebhookFate.NotDurable;
        }
    }

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
