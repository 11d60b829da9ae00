using System.Text;
using Microsoft.Net.Http.Headers;
using Orleans.Dashboard;
using WaGrains.Host.Access;
using WaGrains.Host.Configuration;

namespace WaGrains.Host.Silo;

/// <summary>Orleans' own dashboard, for the operator's key: a browser asks for it as the password of any
/// name.</summary>
internal static class DashboardSetup
{
    private const string Path = "/admin/dashboard";
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    public static void AddDashboardFor(this ISiloBuilder silo, WaGrainsOptions options)
    {
        if (options.Cluster.Dashboard)
        {
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        }
    }

    public static void MapDashboard(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<WaGrainsOptions>();
        if (!options.IsCluster || !options.Cluster.Dashboard)
        {
            return;
        }

        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal),
            branch => branch.Use(Guard));
        app.MapOrleansDashboard(Path).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task Guard(HttpContext context, RequestDelegate next)
    {
        if (Key(context.Request.Headers.Authorization.ToString()) is { } key
            && context.RequestServices.GetRequiredService<OperatorKey>().Matches(key))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"operator\"";
        return Task.CompletedTask;
    }

    private static string? Key(string header)
    {
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }

        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) || header.Length > 512)
        {
            return null;
        }

        var bytes = new byte[512];
        if (!Convert.TryFromBase64String(header[Basic.Length..].Trim(), bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
