using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Host.Silo;
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

/// <summary>Takes signed webhooks in; how many at once is the gate's to say.</summary>
internal sealed class WebhookDesk(
    Arrivals arrivals, Intake intake, IntakeBudget budget, EngineWatch watch, TimeProvider clock)
{
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

        budget.Charge(tenant, batch.Items);
        try
        {
            var now = clock.GetUtcNow();
            await intake.Accept(tenant, await arrivals.Of(tenant, batch, now, cancel), now, cancel);
            watch.Webhook("durable", batch.Items.Count, clock.GetElapsedTime(began));
            return WebhookFate.Durable;
        }
        catch (Exception failure) when (failure is OwnerUnavailableException or StoreUnavailableException)
        {
            watch.Webhook("not_durable", batch.Items.Count, clock.GetElapsedTime(began));
            return WebhookFate.NotDurable;
        }
    }
}
