using WaGrains.Grains.Forwarding;

namespace WaGrains.Host.Webhooks;

/// <summary>The way from Meta.</summary>
internal static class WebhookSetup
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Arrivals>();
        builder.Services.AddSingleton<WebhookTaker>();
        builder.Services.AddSingleton<TakeForwarded>(s => s.GetRequiredService<WebhookTaker>().TakeForwarded);
        builder.Services.AddSingleton<WebhookForwarder>();
        builder.Services.AddSingleton<WebhookDesk>();
    }
}
