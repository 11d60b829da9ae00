using System.Net;
using WaGrains.Host.Access;

namespace WaGrains.Host.Telemetry;

/// <summary>Metrics as Prometheus reads them: open to this machine, with the operator's key to all others.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this WebApplication app)
    {
        app.Services.GetRequiredService<Gauges>().Publish();
        app.MapPrometheusScrapingEndpoint("/metrics")
            .AllowAnonymous();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal),
            branch => branch.Use(Guard));
    }

    private static Task Guard(HttpContext context, RequestDelegate next)
    {
        var remote = context.Connection.RemoteIpAddress;
        if (remote is null || IPAddress.IsLoopback(remote) || IsOperator(context))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static bool IsOperator(HttpContext context)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.Ordinal)
            && context.RequestServices.GetRequiredService<OperatorKey>().Matches(header[Scheme.Length..]);
    }
}
