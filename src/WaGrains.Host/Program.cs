using WaGrains.Host;
using WaGrains.Host.Access;
using WaGrains.Host.Configuration;
using WaGrains.Host.Demo;
using WaGrains.Host.Health;
using WaGrains.Host.Restoring;
using WaGrains.Host.Sending;
using WaGrains.Host.Silo;
using WaGrains.Host.Telemetry;
using WaGrains.Host.Webhooks;

// Nothing here is read again at run time, and watching the working folder for changes means watching every write of the
// database in it.
var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
var options = HostConfiguration.Read(builder.Configuration);
IReadOnlyList<string> mistakes = RestoredVerb.Mistake(args) is { } mistake ? [mistake] : options.Mistakes();
if (mistakes.Count > 0)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, mistakes));
    return ExitCode.BadConfiguration;
}

var folder = new DataFolder(options, builder.Configuration);
var attempt = await StoreDoor.Open(options, folder, TimeProvider.System, Console.Error.WriteLineAsync);
if (attempt.Opened is not { } opened)
{
    return attempt.Code;
}

await using var store = opened.Store;
if (RestoredVerb.IsAskedBy(args))
{
    return await RestoredVerb.Execute(opened, TimeProvider.System, Console.Out, Console.Error);
}

builder.WebHost.UseUrls(options.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(folder);
builder.Services.AddSingleton(TimeProvider.System);
builder.AddLogging();
builder.AddTelemetry();
builder.AddSending(options);
builder.AddSilo(options, opened);
builder.AddWebhooks();
builder.Services.AddSingleton(new OperatorKey(folder.OperatorKey(options)));
builder.Services.AddSingleton(folder.Vault(options));
builder.Services.AddRestApi(builder.Configuration);
builder.AddDemo(options);

var app = builder.Build();
app.UseMiddleware<IntakeGate>();
app.UseRestApi();
app.MapRestApi();
app.MapHealth();
app.MapWebhooks();
app.MapMetrics();
app.MapCluster();
app.MapPools();
app.MapDashboard();
var code = await app.RunUntilItEnds(Console.Error.WriteLineAsync);
if (code is ExitCode.FenceLost)
{
    // Nothing is stopped in order: all that this process still did, it would do behind its successor's back.
    await Console.Error.WriteLineAsync("The right to write is lost; this process ends at once.");
    Environment.Exit(code);
}

return code;
