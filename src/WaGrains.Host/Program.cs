using WaGrains.Engine.Commits;
using WaGrains.Host;
using WaGrains.Host.Access;
using WaGrains.Host.Configuration;
using WaGrains.Host.Demo;
using WaGrains.Host.Health;
using WaGrains.Host.Sending;
using WaGrains.Host.Silo;
using WaGrains.Host.Telemetry;
using WaGrains.Host.Webhooks;
using WaGrains.Storage.Sqlite;

// Nothing here is read again at run time, and watching the working folder for changes means watching every write of the
// database in it.
var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
var options = HostConfiguration.Read(builder.Configuration);
if (options.Mistakes() is { Count: > 0 } mistakes)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, mistakes));
    return ExitCode.BadConfiguration;
}

var folder = new DataFolder(options, builder.Configuration);
await using var store = new SqliteStore(folder.Path, TimeProvider.System);
Fence fence;
try
{
    fence = await store.Open(options.SiloName, CancellationToken.None);
}
catch (StoreInUseException)
{
    await Console.Error.WriteLineAsync($"Another process serves the data in {folder.Path}.");
    return ExitCode.DataInUse;
}

builder.WebHost.UseUrls(options.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(folder);
builder.Services.AddSingleton(TimeProvider.System);
builder.AddLogging();
builder.AddTelemetry();
builder.AddSending(options);
builder.AddSilo(options, new OpenedStore(store, fence));
builder.AddWebhooks();
builder.Services.AddSingleton(new OperatorKey(folder.OperatorKey(options)));
builder.Services.AddSingleton(TokenVault.In(folder.Path));
builder.Services.AddRestApi(builder.Configuration);
builder.AddDemo(options);

var app = builder.Build();
app.UseRestApi();
app.MapRestApi();
app.MapHealth();
app.MapWebhooks();
app.MapMetrics();
app.MapCluster();
var committer = app.Services.GetRequiredService<Committer>();
await app.RunAsync();
return committer.LostFence ? ExitCode.FenceLost : ExitCode.Good;
