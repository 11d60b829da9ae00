namespace WaGrains.Host.Configuration;

/// <summary>Reads what the operator has set.</summary>
internal static class HostConfiguration
{
    private const string Section = "WaGrains";

    /// <summary>The options; the demo's app is known without being configured.</summary>
    public static WaGrainsOptions Read(IConfiguration configuration)
    {
        var options = new WaGrainsOptions();
        configuration.GetSection(Section).Bind(options);
        if (options.Demo.Enabled && !options.Apps.ContainsKey(Demo.DemoTenant.App))
        {
            options.Apps[Demo.DemoTenant.App] = Demo.DemoTenant.MetaApp;
        }

        return options;
    }
}
