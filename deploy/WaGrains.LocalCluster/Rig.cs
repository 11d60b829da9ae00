using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using WaGrains.LocalCluster.Judging;
using WaGrains.LocalCluster.Postgres;
using WaGrains.LocalCluster.Processes;
using WaGrains.LocalCluster.Proxy;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster;

/// <summary>The whole cluster: PostgreSQL, sandbox, silos and the proxy in front. What it starts, it ends.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RampStep = TimeSpan.FromSeconds(8);

    /// <summary>What the sandbox signs webhooks with.</summary>
    public static readonly string AppSecret = "demo-app-secret";

    /// <summary>Opens the operator's side of every silo.</summary>
    private readonly string _operatorKey;

    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly RigOptions _options;
    private WebApplication? _proxy;
    private string? _ownerKey;

    private Rig(RigOptions options)
    {
        _options = options;
        NumberIds = [.. Enumerable.Range(0, options.Numbers)
            .Select(i => (730_000_000_001_000 + i).ToString(CultureInfo.InvariantCulture))];
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
        Sandbox = new SandboxClient(SandboxUrl, Http);
        Traffic = Traffic.Of(options);
        Probe = new ServingProbe(new Uri(ProxyUrl, WebhookPath), AppSecret, NumberIds, Http);
        _operatorKey = "wok_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    }

    /// <summary>What the cluster is loaded with.</summary>
    public Traffic Traffic { get; }

    public Uri ProxyUrl => _options.ProxyUrl;

    public Uri SandboxUrl => _options.SandboxUrl;

    /// <summary>Meta's ids of the business numbers.</summary>
    public IReadOnlyList<string> NumberIds { get; }

    public HttpClient Http { get; }

    public SandboxClient Sandbox { get; }

    public ServingProbe Probe { get; }

    public WebhookLedger Ledger { get; } = new(TimeProvider.System);

    public PrivatePostgres Postgres { get; private set; } = null!;

    public IReadOnlyList<SiloSeat> Seats { get; private set; } = [];

    /// <summary>The sandbox's process.</summary>
    public int SandboxPid { get; private set; }

    /// <summary>The file with the demo tenant's owner key.</summary>
    public string KeyFile => SiloSetting.KeyFileIn(_options.Folder);

    /// <summary>Starts everything; returns when all silos want traffic.</summary>
    /// <exception cref="RigException">Something does not come up; the logs in the folder say why.</exception>
    public static async Task<Rig> Start(RigOptions options, CancellationToken cancel)
    {
        var rig = new Rig(options);
        try
        {
            await rig.StartParts(cancel);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every silo wants traffic.</summary>
    public async Task AllReady(CancellationToken cancel) => await Ready(Seats.Count, cancel);

    /// <summary>The archive as the tenant's owner reads it.</summary>
    public async Task<Archive> Archive(CancellationToken cancel) => new(ProxyUrl, await OwnerKey(cancel), Http);

    /// <summary>The key of the tenant's owner.</summary>
    public async Task<string> OwnerKey(CancellationToken cancel) =>
        _ownerKey ?? (await File.ReadAllTextAsync(KeyFile, cancel)).Trim();

    /// <summary>Asks as the cluster's operator.</summary>
    /// <returns>The answer's body.</returns>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task<string> AsOperator(HttpMethod method, Uri url, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _operatorKey);
        using var answer = await Http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(cancel);
    }

    /// <summary>Ends everything, last started first.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var seat in Seats)
        {
            seat.LetRestart();
        }

        while (_started.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        Http.Dispose();
    }

    private async Task StartParts(CancellationToken cancel)
    {
        SiloSetting.Keep(_options.Folder, _operatorKey);
        var temporary = new TemporaryFolder();
        _started.Push(temporary);
        Postgres = await PrivatePostgres.Start(
            temporary.Path, Path.Combine(_options.Folder, "postgres.log"), cancel);
        _started.Push(Postgres);

        var setting = new SiloSetting(
            _options.Host ?? Build("WaGrains.Host"),
            _options.Folder,
            Postgres.ConnectionString,
            SandboxUrl,
            _operatorKey)
        {
            Numbers = NumberVariables(),
            Traffic = Traffic.SiloVariables,
            OwnUsers = _options.OwnNetwork,
            PortOffset = _options.PortOffset,
            Tell = _options.IsJudged ? static _ => { } : Console.WriteLine,
        };
        setting.KeepShared();
        Seats = [.. Enumerable.Range(0, _options.Silos).Select(i => new SiloSeat(i, setting))];
        _proxy = ProxyServer.Build(ProxyUrl.ToString(), Seats.Select(seat => seat.Url), Ledger);
        _started.Push(_proxy);
        await _proxy.StartAsync(cancel);

        // The first silo makes the demo's tenant; the others find it.
        await Occupy(Seats.Take(1), cancel);
        await Occupy(Seats.Skip(1), cancel);
        var sandbox = StartSandbox();
        _started.Push(sandbox);
        SandboxPid = sandbox.Pid;
        if (Traffic.IsSteady)
        {
            await LetWrite(cancel);
        }
    }

    private async Task LetWrite(CancellationToken cancel)
    {
        if (!await Until.True(async token => await Sandbox.Counts(token) is { }, StartsWithin, cancel))
        {
            throw new RigException("The sandbox does not answer.");
        }

        _ownerKey = await new BotTenant(ProxyUrl, Http).Make(Traffic, NumberIds, _operatorKey, cancel);

        // Cold silos compile while they work: what they are given at once they are behind with for a minute.
        foreach (var share in Traffic.Ramp)
        {
            await Sandbox.StartWriting(Traffic.MessagesPerMinute * share, cancel);
            await Task.Delay(RampStep, TimeProvider.System, cancel);
        }

        await Sandbox.StartWriting(Traffic.MessagesPerMinute, cancel);
    }

    private async Task Occupy(IEnumerable<SiloSeat> seats, CancellationToken cancel)
    {
        var wanted = ProxyServer.ReadySilos(_proxy!);
        foreach (var seat in seats)
        {
            seat.Occupy();
            _started.Push(seat);
            wanted++;
        }

        await Ready(wanted, cancel);
        if (!Traffic.IsSteady
            && !await Until.True(_ => Task.FromResult(File.Exists(KeyFile)), StartsWithin, cancel))
        {
            throw new RigException("The first silo has not made the demo's tenant.");
        }
    }

    private async Task Ready(int silos, CancellationToken cancel)
    {
        if (!await Until.True(
            _ => Task.FromResult(ProxyServer.ReadySilos(_proxy!) >= silos), StartsWithin, cancel))
        {
            throw new RigException($"{silos} silos are not ready after {StartsWithin.TotalSeconds} s.");
        }
    }

    private Child StartSandbox() => Child.Start(new ChildPlan(
        ["dotnet", Build("WaGrains.Sandbox")],
        Path.Combine(_options.Folder, "sandbox.log"),
        new Dictionary<string, string>(NumberVariables().Concat(Traffic.SandboxVariables).Concat(Addresses()))
        {
            ["SANDBOX__URL"] = SandboxUrl.ToString().TrimEnd('/'),
            ["SANDBOX__CALLBACKURL"] = new Uri(ProxyUrl, WebhookPath).ToString(),
            ["SANDBOX__SEED"] = _options.Seed.ToString(CultureInfo.InvariantCulture),
            ["SANDBOX__CUSTOMERS"] = Traffic.Customers.ToString(CultureInfo.InvariantCulture),
            ["SANDBOX__MISBEHAVIOUR__LATESECONDS"] = "5",

            // All processes share a few cores, and what the sandbox takes late makes the next one look early. A pace
            // that was forgotten in a crash is early by seconds.
            ["SANDBOX__JUDGE__TOLERANCEMS"] = "500",
            ["SANDBOX__WEBHOOKS__RETRYLONGESTSECONDS"] = "2",
        }));

    private Dictionary<string, string> NumberVariables()
    {
        var variables = new Dictionary<string, string>();
        for (var i = 0; i < NumberIds.Count; i++)
        {
            variables[$"SANDBOX__NUMBERS__{i}__PHONENUMBERID"] = NumberIds[i];
            variables[$"SANDBOX__NUMBERS__{i}__DISPLAYPHONENUMBER"] =
                (551_140_001_000 + i).ToString(CultureInfo.InvariantCulture);

            variables[$"SANDBOX__NUMBERS__{i}__CONTRACTEDPERMINUTE"] =
                Traffic.PerNumberAndMinute.ToString(CultureInfo.InvariantCulture);
        }

        return variables;
    }

    private string WebhookPath => $"/webhooks/whatsapp/{Traffic.App}";

    private IEnumerable<KeyValuePair<string, string>> Addresses() => Seats.Select((seat, i) =>
        KeyValuePair.Create($"SANDBOX__ALSOON__{i}", seat.GraphUrl.ToString().TrimEnd('/')));

    private string Build(string project)
    {
        var file = Path.Combine(
            _options.Root, "src", project, "bin", _options.Configuration, "net10.0", $"{project}.dll");
        return File.Exists(file)
            ? file
            : throw new RigException($"{project} is not built as {_options.Configuration}.");
    }
}
