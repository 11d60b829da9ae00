using WaGrains.LocalCluster.Judging;

namespace WaGrains.LocalCluster.Proxy;

/// <summary>The address in front of the silos.</summary>
internal static class ProxyServer
{
    /// <summary>Builds the proxy; it serves once started.</summary>
    /// <param name="url">Where it listens.</param>
    /// <param name="silos">Where the silos are.</param>
    /// <param name="ledger">Hears of every webhook and of its answer.</param>
    public static WebApplication Build(string url, IEnumerable<Uri> silos, WebhookLedger ledger)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ReverseProxy.BodyBytesMax;
        });
        builder.Services.AddSingleton<IReadOnlyList<Backend>>([.. silos.Select(silo => new Backend(silo))]);
        builder.Services.AddSingleton(_ => new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(1),
        }));
        builder.Services.AddSingleton<ReverseProxy>();
        builder.Services.AddHostedService<ReadinessWatch>();
        var app = builder.Build();
        var proxy = app.Services.GetRequiredService<ReverseProxy>();
        app.Run(context => Pass(context, proxy, ledger));
        return app;
    }

    private static async Task Pass(HttpContext context, ReverseProxy proxy, WebhookLedger ledger)
    {
        var body = await ReverseProxy.Body(context);
        await (context.Request.Path.StartsWithSegments("/webhooks", StringComparison.Ordinal)
            && HttpMethods.IsPost(context.Request.Method)
                ? ledger.Watch(context, body, proxy.Forward)
                : proxy.Forward(context, body));
    }

    /// <summary>How many silos want traffic now.</summary>
    public static int ReadySilos(WebApplication proxy) =>
        proxy.Services.GetRequiredService<IReadOnlyList<Backend>>().Count(backend => backend.IsReady);
}
