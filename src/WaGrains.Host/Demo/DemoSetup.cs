using WaGrains.Host.Configuration;

namespace WaGrains.Host.Demo;

/// <summary>What a newcomer sees: a tenant, agents who answer, customers who write, and the terminal that shows
/// it.</summary>
internal static class DemoSetup
{
    public static void AddDemo(this WebApplicationBuilder builder, WaGrainsOptions options)
    {
        if (options.Demo.Enabled)
        {
            builder.Services.AddSingleton<DemoTenant>();
            builder.Services.AddHostedService<DemoLife>();
        }

        if (options.Demo is { Enabled: true, Terminal: true })
        {
            builder.Services.AddSingleton<TerminalView>();
            builder.Services.AddSingleton<PaceTicker>();
        }

        if (options.Sandbox.Enabled)
        {
            builder.Services.AddHostedService<SandboxInProcess>();
        }
    }
}
