using System.Runtime;
using WaGrains.Load.Exchanges;
using WaGrains.Load.GraphStub;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.Runs;
using WaGrains.Load.SetUp;

const int Usual = 0, Unsound = 1, WrongUsage = 2, NoSetUp = 3, StoppedByHand = 130;
if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Usage.Text);
    return Usual;
}

LoadOptions options;
try
{
    options = OptionsReader.Read(args);
}
catch (FormatException mistake)
{
    Console.Error.WriteLine($"{mistake.Message}\n\n{Usage.Text}");
    return WrongUsage;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    // The first Ctrl-C ends the arrivals and still reports; the second ends the process.
    key.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;

try
{
    var isSound = await Run(options, stop.Token);
    return stop.IsCancellationRequested ? StoppedByHand : isSound ? Usual : Unsound;
}
catch (Exception refused) when (refused is SetUpException or IOException)
{
    Console.Error.WriteLine(refused.Message);
    return NoSetUp;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return StoppedByHand;
}

static async Task<bool> Run(LoadOptions options, CancellationToken stop)
{
    using var http = new HttpClient { BaseAddress = options.Url, Timeout = TimeSpan.FromSeconds(30) };
    await using var stub = await StubServer.Start(options.GraphUrl, stop);
    var population = new Population(options.Tenant, options.Numbers, options.Contacts, options.Seed, run: 0);
    var tenant = await new TenantSetUp(http, options, population).Prepare(stop);
    await Preflight.Check(http, options, stop);
    var pid = options.HostPid > 0 ? options.HostPid : HostProcess.FindByPort(options.Url.Port);
    var bench = new Bench(options, http, stub, tenant, pid, await Machine.Commit(stop));
    if (options.Idle > 0)
    {
        return (await new IdleRun(bench).Execute(stop)).IsSound;
    }

    if (options.FindMax)
    {
        return await new RateSearch(bench, population).Execute(stop);
    }

    var plan = new RunPlan(
        "rate",
        options.Rate,
        TimeSpan.FromSeconds(options.Warmup),
        TimeSpan.FromSeconds(options.Seconds),
        population,
        null);
    var run = await new LoadRun(bench, plan).Execute(stop);
    bench.Publish(run);
    return run.IsSound;
}
