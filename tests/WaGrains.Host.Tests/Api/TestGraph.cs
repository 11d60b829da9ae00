using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WaGrains.CloudApi;
using WaGrains.CloudApi.Sending;

namespace WaGrains.Host.Tests.Api;

/// <summary>
/// Meta's side of reading a number: shows those it was told of to the one good token, on the loopback.
/// </summary>
internal sealed class TestGraph : IAsyncDisposable
{
    public const string GoodToken = "token-of-meta";

    private readonly ConcurrentDictionary<string, string?> _numbers = new();
    private readonly WebApplication _app;

    private TestGraph(WebApplication app)
    {
        _app = app;
        app.MapGet("/{version}/{id}", Answer);
    }

    public GraphConnection Connection { get; private set; } = null!;

    public static async Task<TestGraph> Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var graph = new TestGraph(builder.Build());
        await graph._app.StartAsync();
        graph.Connection = new GraphConnection(
            new CloudApiOptions { GraphBaseUrl = new Uri(graph._app.Urls.First()) }, TimeProvider.System);
        return graph;
    }

    public void Show(string phoneNumberId) => _numbers.TryAdd(phoneNumberId, null);

    /// <summary>The number, with its portfolio's messaging limit.</summary>
    public void Show(string phoneNumberId, string limit) => _numbers[phoneNumberId] = limit;

    /// <summary>Meta is away from here on.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await _app.DisposeAsync();
    }

    private IResult Answer(string id, HttpRequest request) =>
        request.Headers.Authorization != $"Bearer {GoodToken}" || !_numbers.TryGetValue(id, out var limit)
            ? Results.Json(new { error = new { message = "no such object", code = 100 } }, statusCode: 400)
            : Results.Json(new
            {
                id,
                display_phone_number = "+55 11 4000-0000",
                verified_name = "Acme",
                whatsapp_business_manager_messaging_limit = limit,
            });
}
