using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;
using WaGrains.Grains.Forwarding;
using WaGrains.Host.Silo;

namespace WaGrains.Host.Webhooks;

/// <summary>Brings what a webhook holds to its owners, from this silo.</summary>
internal sealed class WebhookTaker(Arrivals arrivals, Intake intake, IntakeGate.Bounds bounds, TimeProvider clock)
{
    /// <summary>Takes all items of a batch.</summary>
    /// <returns>Whether all of them are durable.</returns>
    public async Task<bool> Take(TenantId tenant, WebhookBatch batch, CancellationToken cancel)
    {
        try
        {
            var now = clock.GetUtcNow();
            await intake.Accept(tenant, await arrivals.Of(tenant, batch, now, cancel), now, cancel);
            return true;
        }
        catch (Exception failure) when (failure is OwnerUnavailableException or StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Takes what another silo forwards; nothing of it while this one is full.</summary>
    /// <remarks>Not on the one logical thread of the service that was asked: all that others forward would wait there
    /// for its turn.</remarks>
    public async Task<bool> TakeForwarded(ForwardedWebhook webhook)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (bounds.Full() is not null)
        {
            return false;
        }

        var batch = WebhookReader.Read(webhook.Body).Of(webhook.Numbers);
        return await Take(webhook.Tenant, batch, CancellationToken.None);
    }
}
