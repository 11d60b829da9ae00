namespace WaGrains.Sandbox.Shell;

/// <summary>The sandbox behind HTTP, with a Kestrel and a port of its own, inside whatever process builds it.</summary>
public static class SandboxServer
{
    private const long BodyBytesMax = 1 << 20;

    /// <summary>
    /// Not started yet. Started, it answers Graph calls, verifies the callback and then posts webhooks to it; stopped,
    /// it forgets everything. It reads no configuration and logs nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The options have problems; the message names all of them.</exception>
    public static WebApplication Build(SandboxOptions options, string[] urls) =>
        Build(options, urls, TimeProvider.System);

    /// <summary>As above, on a clock of the caller's choice.</summary>
    public static WebApplication Build(SandboxOptions options, string[] urls, TimeProvider clock)
    {
        var sandbox = new SharedSandbox(new SandboxCore(options, options.Seed), clock);

        // Empty, so that neither the surrounding process's settings nor its addresses reach this server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(sandbox);
        builder.Services.AddSingleton<Callers>();
        builder.Services.AddSingleton<WebhookPoster>();
        builder.Services.AddHostedService<SandboxLoop>();
        var app = builder.Build();
        app.UseRouting();
        app.MapControl();
        app.MapGraph();
        return app;
    }

    /// <summary>The judge's report of a sandbox made here.</summary>
    public static SandboxReport Report(WebApplication sandbox) =>
        sandbox.Services.GetRequiredService<SharedSandbox>().Use((core, now) => core.Report(now));
}
