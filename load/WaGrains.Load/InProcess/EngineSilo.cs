using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Intake;
using WaGrains.Engine.Owners;
using WaGrains.Host.Configuration;
using WaGrains.Host.Ids;
using WaGrains.Host.Sending;
using WaGrains.Host.Silo;
using WaGrains.Host.Telemetry;

namespace WaGrains.Load.InProcess;

/// <summary>The host's own engine and silo in this process: real grains, hints, wheel and commits, and no HTTP. Calls
/// to Meta and what onlookers see end here.</summary>
internal sealed class EngineSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EngineSilo(WebApplication app, EngineGraph graph, EngineEvents events)
    {
        _app = app;
        Graph = graph;
        Events = events;
    }

    /// <summary>Brings what webhooks bring.</summary>
    public Intake Intake => _app.Services.GetRequiredService<Intake>();

    /// <summary>Who is who.</summary>
    public ContactDirectory Contacts => _app.Services.GetRequiredService<ContactDirectory>();

    /// <summary>Asks owners.</summary>
    public IOwners Owners => _app.Services.GetRequiredService<IOwners>();

    /// <summary>Carries hints.</summary>
    public IHintCarrier Hints => _app.Services.GetRequiredService<IHintCarrier>();

    /// <summary>Committed rows.</summary>
    public IStore Store => _app.Services.GetRequiredService<IStore>();

    /// <summary>Where calls to Meta end.</summary>
    public EngineGraph Graph { get; }

    /// <summary>What onlookers would see.</summary>
    public EngineEvents Events { get; }

    /// <summary>Opens the store and starts the silo.</summary>
    public static async Task<EngineSilo> Start(IStore store, CancellationToken stop)
    {
        var options = new WaGrainsOptions { SiloName = "engine" };
        var opened = new OpenedStore(store, await store.Open(options.SiloName, stop));
        var (graph, events) = (new EngineGraph(), new EngineEvents());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IdSource>();
        builder.AddTelemetry();
        builder.AddSending(options);
        builder.AddSilo(options, opened);
        builder.Services.AddSingleton<IGraphCalls>(graph);
        builder.Services.AddSingleton<IOnlookers>(events);
        var silo = new EngineSilo(builder.Build(), graph, events);
        await silo._app.StartAsync(stop);
        await silo._app.Services.GetRequiredService<WaGrains.Grains.SiloActive>().Reached.WaitAsync(stop);
        graph.Attach(silo);
        return silo;
    }

    /// <summary>Gives an owner a message and waits for its commit; a refusal is a mistake of the bench.</summary>
    public async Task Must(OwnerKey owner, OwnerMessage message)
    {
        if (await Owners.Ask(owner, message, CancellationToken.None) is Refused refused)
        {
            throw new InvalidOperationException($"{message.GetType().Name} was refused: {refused.Refusal.Code}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
