using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
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

/// <summary>Takes signed webhooks in, here or on the silos of their numbers; how many at once is the gate's to
/// say.</summary>
internal sealed class WebhookDesk(
    WebhookTaker taker, WebhookForwarder forwarder, IntakeBudget budget, EngineWatch watch, TimeProvider clock)
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
        var isDurable = await Bring(tenant, batch, body, cancel);
        watch.Webhook(isDurable ? "durable" : "not_durable", batch.Items.Count, clock.GetElapsedTime(began));
        return isDurable ? WebhookFate.Durable : WebhookFate.NotDurable;
    }

    private async Task<bool> Bring(
        TenantId tenant, WebhookBatch batch, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        IReadOnlyList<WebhookPart> away;
        try
        {
            away = await forwarder.Split(tenant, batch, cancel);
        }
        catch (StoreUnavailableException)
        {
            return false;
        }

        if (away.Count == 0)
        {
            return await taker.Take(tenant, batch, cancel);
        }

        var parts = away.Select(part => Bring(tenant, batch, body, part, cancel)).ToList();
        var rest = batch.Without(away.SelectMany(part => part.Numbers));
        if (rest.Items.Count > 0)
        {
            parts.Add(taker.Take(tenant, rest, cancel));
        }

        return Array.TrueForAll(await Task.WhenAll(parts), isDurable => isDurable);
    }

    /// <summary>A part whose silo cannot be asked is brought to its owners from here, who may live elsewhere by
    /// then.</summary>
    private async Task<bool> Bring(
        TenantId tenant, WebhookBatch batch, ReadOnlyMemory<byte> body, WebhookPart part, CancellationToken cancel) =>
        await forwarder.Forward(tenant, body, part)
        ?? await taker.Take(tenant, batch.Of(part.Numbers), cancel);
}
