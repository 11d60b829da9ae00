using WaGrains.CloudApi.Sending;
using WaGrains.Host.Configuration;
using WaGrains.Host.Numbers;
using WaGrains.Sandbox.Shell;

namespace WaGrains.Host.Sending;

/// <summary>The way to Meta.</summary>
internal static class SendingSetup
{
    public static void AddSending(this WebApplicationBuilder builder, WaGrainsOptions options)
    {
        var sandbox = new Uri(SandboxConfiguration.Read(builder.Configuration).Url);
        var graph = options.CloudApi(sandbox);
        builder.Services.AddSingleton(services =>
            new GraphConnection(graph, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<GraphSender>();
        builder.Services.AddSingleton<GraphNumberReader>();
        builder.Services.AddSingleton<NumberDirectory>();
    }
}
