using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>Meta's side for several silos: shows every number, takes every message, remembers what it took.</summary>
internal sealed class ClusterGraph : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _taken;

    private ClusterGraph(WebApplication app)
    {
        _app = app;
        app.MapGet("/{version}/{id}", (string id) => Results.Json(
            new { id, display_phone_number = "+55 11 4000-0000", verified_name = "Acme" }));
        app.MapPost("/{version}/{id}/messages", Take);
    }

    /// <summary>How often each body came.</summary>
    public ConcurrentDictionary<string, int> Taken { get; } = new();

    public string Url => _app.Urls.First();

    public static async Task<ClusterGraph> Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var graph = new ClusterGraph(builder.Build());
        await graph._app.StartAsync();
        return graph;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Take(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Taken.AddOrUpdate(await reader.ReadToEndAsync(), 1, static (_, times) => times + 1);
        return Results.Json(new
        {
            messaging_product = "whatsapp",
            contacts = new[] { new { input = "1", wa_id = "1" } },
            messages = new[] { new { id = $"wamid.out{Interlocked.Increment(ref _taken)}" } },
        });
    }
}
