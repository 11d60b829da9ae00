using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WaGrains.CloudApi;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Host.Access;
using WaGrains.Host.Sending;
using WaGrains.Storage.Memory;

namespace WaGrains.Host.Tests.Api;

/// <summary>The API over a store in memory, with a clock that stands still unless moved.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string OperatorKeyText = "operator-key-of-the-tests";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;

    private TestApi(WebApplication app, TestGraph graph)
    {
        (_app, Graph) = (app, graph);
        Clock = (FakeTimeProvider)app.Services.GetRequiredService<TimeProvider>();
        Owners = app.Services.GetRequiredService<LocalOwners>();
        Store = app.Services.GetRequiredService<IStore>();
        Operator = new TestClient(Client(), OperatorKeyText);
        Anybody = new TestClient(Client(), null);
    }

    public FakeTimeProvider Clock { get; }

    public LocalOwners Owners { get; }

    public IStore Store { get; }

    public TestGraph Graph { get; }

    public TestClient Operator { get; }

    public TestClient Anybody { get; }

    public IServiceProvider Provided => _app.Services;

    public static async Task<TestApi> Run(int requestsPerSecond = 1_000)
    {
        var graph = await TestGraph.Run();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration["WaGrains:RequestsPerSecond"] = requestsPerSecond.ToString(
            System.Globalization.CultureInfo.InvariantCulture);
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(Start));
        services.AddSingleton(new TokenVault(new byte[32]));
        services.AddSingleton(new OperatorKey(OperatorKeyText));
        services.AddSingleton<IStore, MemoryStore>();
        services.AddSingleton<LocalOwners>();
        services.AddSingleton<IOwners>(provider => provider.GetRequiredService<LocalOwners>());
        services.AddSingleton(graph.Connection);
        services.AddSingleton(provider => provider.GetRequiredService<LocalOwners>().Staging);
        services.AddTestContacts();
        services.AddRestApi(builder.Configuration);
        var app = builder.Build();
        app.UseRestApi();
        app.MapRestApi();
        await app.StartAsync();
        return new TestApi(app, graph);
    }

    public TestClient With(string? key) => new(Client(), key);

    /// <summary>A tenant with an owner's key.</summary>
    public async Task<TestTenant> Tenant(string id = "acme")
    {
        var made = await Operator.Post("/admin/tenants", new { id, name = $"{id} Ltd" });
        var key = made.Ok(201).GetProperty("owner_key").GetString()!;
        return new TestTenant(this, TenantId.Parse(id), With(key), key);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Graph.DisposeAsync();
    }

    /// <summary>A caller without a key.</summary>
    public HttpClient Http() => Client();

    private HttpClient Client() => ((TestServer)_app.Services.GetRequiredService<IServer>()).CreateClient();
}
