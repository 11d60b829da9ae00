using WaGrains.Domain.Ids;

namespace WaGrains.Grains.Forwarding;

/// <summary>What a webhook brought for numbers of one silo. Whoever forwards it has checked its signature.</summary>
/// <param name="App">The tenant whose app it came through, <see cref="TenantId.Value"/>.</param>
/// <param name="Body">The whole webhook, as Meta wrote it.</param>
/// <param name="Numbers">Meta's ids of the numbers it is to be taken for; what else is in it is not this
/// silo's.</param>
[GenerateSerializer]
[Immutable]
[Alias("wagrains.forwarded_webhook")]
public sealed record ForwardedWebhook(
    [property: Id(0)] string App, [property: Id(1)] byte[] Body, [property: Id(2)] string[] Numbers)
{
    /// <summary>The tenant whose app it came through.</summary>
    public TenantId Tenant => TenantId.Parse(App);
}

/// <summary>Takes a webhook that another silo forwards; false where not all of its part is durable.</summary>
public delegate Task<bool> TakeForwarded(ForwardedWebhook webhook);
