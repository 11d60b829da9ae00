using WaGrains.Load.Exchanges;
using WaGrains.Load.GraphStub;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.SetUp;

namespace WaGrains.Load.Runs;

/// <summary>Everything one call of the tool does, from its options to its published result.</summary>
internal static class WholeRun
{
    /// <summary>Prepares the tenant, then makes the kind of run that was asked for.</summary>
    /// <returns>False if what was measured does not count.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = options.Url, Timeout = TimeSpan.FromSeconds(30) };
        await using var stub = await StubServer.Start(options.GraphUrl, stop);
        var population = new Population(options.Tenant, options.Numbers, options.Contacts, options.Seed, run: 0);
        var tenant = await new TenantSetUp(http, options, population).Prepare(stop);
        await Preflight.Check(http, options, stop);
        var bench = new Bench(options, http, stub, tenant, Pids(options), await Machine.Commit(stop));
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

    private static List<int> Pids(LoadOptions options)
    {
        if (options.HostPid > 0)
        {
            return [options.HostPid];
        }

        IReadOnlyList<Uri> urls = options.Urls.Count > 0 ? options.Urls : [options.Url];
        var pids = urls.Select(url => HostProcess.FindByPort(url.Port)).OfType<int>().ToList();
        return pids.Count == urls.Count ? pids : [];
    }
}
