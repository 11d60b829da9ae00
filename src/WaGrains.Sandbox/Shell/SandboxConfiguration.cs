namespace WaGrains.Sandbox.Shell;

/// <summary>Where a sandbox's options come from when a process starts it.</summary>
public static class SandboxConfiguration
{
    /// <summary>
    /// Sections `Sandbox` and, stronger, `WaGrains:Sandbox` (environment: SANDBOX__URL, WAGRAINS__SANDBOX__URL).
    /// A configured list of numbers or templates replaces the default one.
    /// </summary>
    public static SandboxOptions Read(IConfiguration configuration)
    {
        var merged = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.GetSection("Sandbox").AsEnumerable(makePathsRelative: true))
            .AddInMemoryCollection(configuration.GetSection("WaGrains:Sandbox").AsEnumerable(makePathsRelative: true))
            .Build();
        var options = new SandboxOptions();
        if (merged.GetSection(nameof(options.Numbers)).Exists())
        {
            options.Numbers.Clear();
        }

        if (merged.GetSection(nameof(options.Templates)).Exists())
        {
            options.Templates.Clear();
        }

        merged.Bind(options);
        return options;
    }
}
