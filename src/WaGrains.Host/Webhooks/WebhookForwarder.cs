using Orleans.Runtime;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Grains;
using WaGrains.Grains.Forwarding;
using WaGrains.Host.Numbers;
using WaGrains.Host.Telemetry;

namespace WaGrains.Host.Webhooks;

/// <summary>
/// Sends a webhook on to the silos where its numbers live, as it came and once to each: asking for one conversation
/// after the other would cost a message each, every word of it written and read once more.
/// </summary>
internal sealed class WebhookForwarder(
    NumberDirectory numbers, Elsewhere elsewhere, Neighbours neighbours, EngineMeters meters)
{
    /// <summary>What of a batch other silos are to take; what is in no part is this silo's.</summary>
    public async ValueTask<IReadOnlyList<WebhookPart>> Split(
        TenantId tenant, WebhookBatch batch, CancellationToken cancel)
    {
        if (!elsewhere.Exists)
        {
            return [];
        }

        List<WebhookPart> parts = [];
        foreach (var id in batch.Numbers)
        {
            if (await numbers.Find(id, cancel) is { } number
                && number.Tenant == tenant
                && elsewhere.Of(number.Owner) is { } silo)
            {
                var known = parts.FindIndex(part => part.Silo.Equals(silo));
                if (known < 0)
                {
                    parts.Add(new WebhookPart(silo, [id]));
                }
                else
                {
                    parts[known] = parts[known] with { Numbers = [.. parts[known].Numbers, id] };
                }
            }
        }

        return parts;
    }

    /// <summary>Sends a part on; a silo that could not be asked is left out of what follows for a
    /// while.</summary>
    /// <returns>Whether it is durable there; null where that silo could not be asked.</returns>
    public async Task<bool?> Forward(TenantId tenant, ReadOnlyMemory<byte> body, WebhookPart part)
    {
        var durable = await neighbours.Forward(
            part.Silo, new ForwardedWebhook(tenant.Value, body.ToArray(), part.Numbers));
        meters.WebhooksForwarded.Add(1, new KeyValuePair<string, object?>("fate", durable switch
        {
            true => "durable",
            false => "not_durable",
            null => "unreachable",
        }));
        if (durable is null)
        {
            elsewhere.Avoid(part.Silo);
        }

        return durable;
    }
}

/// <summary>What of a webhook one other silo is to take.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Numbers">Meta's ids of the numbers that live there.</param>
internal sealed record WebhookPart(SiloAddress Silo, string[] Numbers);
