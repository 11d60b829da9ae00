namespace WaGrains.Host.Configuration;

/// <summary>Reads what the operator has set.</summary>
internal static class HostConfiguration
{
    private const string Section = "WaGrains";

    /// <summary>The options; the demo's app is known without being configured.</summary>
    public static WaGrainsOptions Read(IConfiguration configuration)
    {
        var options = new WaGrainsOptions();
        var section = configuration.GetSection(Section);
        section.Bind(options);
        if (options.IsCluster)
        {
            // What makes a laptop's first minute pleasant has no place in a cluster unless somebody asks for it.
            options.Demo.Enabled = section.GetValue("Demo:Enabled", defaultValue: false);
            options.Sandbox.Enabled = section.GetValue("Sandbox:Enabled", defaultValue: false);
        }

        if (options.Demo.Enabled && !options.Apps.ContainsKey(Demo.DemoTenant.App))
        {
            options.Apps[Demo.DemoTenant.App] = Demo.DemoTenant.MetaApp;
        }

        return options;
    }
}
