using WaGrains.Load.Exchanges;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.Report;
using WaGrains.Load.Runs;
using WaGrains.Load.SetUp;

namespace WaGrains.Load.Rig;

/// <summary>One tenant's traffic at the hosts of a stand: set up once, run as often as is wanted.</summary>
internal sealed class Traffic : IDisposable
{
    private readonly HttpClient _http;
    private readonly Bench _bench;
    private readonly Population _population;

    private Traffic(HttpClient http, Bench bench, Population population)
    {
        _http = http;
        _bench = bench;
        _population = population;
    }

    /// <summary>Makes the tenant with its numbers.</summary>
    /// <param name="stand">What the hosts share.</param>
    /// <param name="hosts">Silos of one cluster, or a single host; they get the requests in turn.</param>
    /// <param name="options">Tenant, numbers, contacts, connections; app and tenant have one name.</param>
    /// <param name="stop">Ends the set-up.</param>
    public static async Task<Traffic> Prepare(
        Stand stand, IReadOnlyList<HostChild> hosts, LoadOptions options, CancellationToken stop)
    {
        options.Urls = [.. hosts.Select(host => host.Url)];
        options.App = options.Tenant;
        options.OperatorKey = HostChild.OperatorKey;
        options.TenantKeyFile = stand.FolderOf($"{options.Tenant}-{hosts[0].Name}.key");
        var http = new HttpClient { BaseAddress = options.Url, Timeout = TimeSpan.FromSeconds(30) };
        var population = new Population(options.Tenant, options.Numbers, options.Contacts, options.Seed, run: 0);
        var tenant = await new TenantSetUp(http, options, population).Prepare(stop);
        await Preflight.Check(http, options, stop);
        var bench = new Bench(
            options, http, stand.Stub, tenant, [.. hosts.Select(host => host.Pid)], await Machine.Commit(stop))
        {
            DatabasePid = stand.PostgresPid,
        };
        return new Traffic(http, bench, population);
    }

    /// <summary>One run.</summary>
    /// <param name="kind">Word for the results.</param>
    /// <param name="label">Which of them.</param>
    /// <param name="rate">Exchanges per second.</param>
    /// <param name="seconds">Measured, after the options' warm-up.</param>
    /// <param name="stop">Ends the arrivals.</param>
    public async Task<RunRecord> Run(string kind, string label, double rate, int seconds, CancellationToken stop)
    {
        var plan = new RunPlan(
            kind,
            rate,
            TimeSpan.FromSeconds(_bench.Options.Warmup),
            TimeSpan.FromSeconds(seconds),
            _population,
            null);
        return await new LoadRun(_bench, plan).Execute(stop) with { Label = label };
    }

    /// <summary>Prints and keeps a run.</summary>
    public void Publish(RunRecord run) => _bench.Publish(run);

    /// <summary>Waits until the hosts have had nothing more to send for a second, a minute at most.</summary>
    public Task Settle(CancellationToken stop) => _bench.Settle(stop);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
