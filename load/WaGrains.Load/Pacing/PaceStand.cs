using System.Globalization;
using System.Text.Json.Nodes;
using WaGrains.Host.Silo;
using WaGrains.Load.InProcess;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.Rig;
using WaGrains.Load.SetUp;

namespace WaGrains.Load.Pacing;

/// <summary>A host in a process of its own, the sandbox as its Meta, and numbers whose queues are filled while they are
/// paused, so that all begin to drain at once.</summary>
internal sealed class PaceStand : IAsyncDisposable
{
    private const string Tenant = "pace";
    private const int Callers = 48;
    private const int SetUpCallers = 8;
    private const int TriesMax = 20;
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1);
    private readonly Stand _stand;
    private readonly HttpClient _http;
    private readonly HostChild _host;
    private ApiClient _api;
    private string[] _ids = [];

    private PaceStand(Stand stand, HostChild host, JudgedSandbox sandbox)
    {
        _stand = stand;
        _host = host;
        Sandbox = sandbox;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Callers })
        {
            BaseAddress = host.Url,
            Timeout = TimeSpan.FromSeconds(60),
        };
        _api = new ApiClient(_http, HostChild.OperatorKey);
    }

    /// <summary>Meta's side.</summary>
    public JudgedSandbox Sandbox { get; }

    /// <summary>What the host has used of the processors, seconds.</summary>
    public double HostCpuSeconds => HostProcess.CpuSeconds(_host.Pid) ?? 0;

    /// <summary>What the database has used, seconds; 0 where there is none.</summary>
    public double DatabaseCpuSeconds =>
        _stand.PostgresPid is { } pid ? HostProcess.TreeCpuSeconds(pid) ?? 0 : 0;

    /// <summary>Starts all of it; the numbers are paused.</summary>
    /// <param name="options">Store, app, seed.</param>
    /// <param name="numbers">The terms of each number: what the sandbox holds it to and the host is told.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<PaceStand> Start(
        LoadOptions options, IReadOnlyList<NumberTerms> numbers, CancellationToken stop)
    {
        (options.Tenant, options.App) = (Tenant, Tenant);
        var stand = await Stand.Start(options, options.Store != StoreKind.Sqlite, stop);
        PaceStand? made = null;
        JudgedSandbox? sandbox = null;
        try
        {
            // Not the stub but the sandbox is where this host sends to.
            var graph = new UriBuilder(options.GraphUrl) { Port = FreePorts.Next() }.Uri;
            options.GraphUrl = graph;
            var host = await stand.StartHost(
                new HostPlan("silo-1", stand.Connection("wagrains"), [Tenant])
                {
                    Settings = new Dictionary<string, string> { ["WAGRAINS__RequestsPerSecond"] = "100000" },
                },
                stop);
            sandbox = await JudgedSandbox.Start(graph, host.Url, options, numbers, stop);
            made = new PaceStand(stand, host, sandbox);
            await made.SetUp(numbers, stop);
            return made;
        }
        catch
        {
            await (made?.DisposeAsync() ?? Undo(stand, sandbox));
            throw;
        }
    }

    /// <summary>Puts messages into the numbers' queues, to so many recipients of each number in turn.</summary>
    /// <param name="counts">How many, of each number.</param>
    /// <param name="recipients">Recipients of each number, the same people everywhere.</param>
    /// <param name="stop">Gives up.</param>
    public async Task Fill(IReadOnlyList<int> counts, int recipients, CancellationToken stop)
    {
        // A message of each number in turn, so that all queues grow alike.
        List<(int Number, int Message)> all =
        [
            .. counts.Index().SelectMany(each => Enumerable.Range(0, each.Item).Select(i => (each.Index, i)))
                .OrderBy(each => each.i).ThenBy(each => each.Index),
        ];
        await ClosedLoop.Count(
            Callers, all.Count, i => Queue(all[i].Number, all[i].Message, recipients, stop)).WaitAsync(stop);
    }

    /// <summary>Lets all numbers send.</summary>
    public Task Release(CancellationToken stop) => ClosedLoop.Count(
        Callers, _ids.Length, i => _api.Must(HttpMethod.Post, $"/v1/numbers/{_ids[i]}/resume", null, stop));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Undo(_stand, Sandbox);
    }

    // A busy host may ask to come back; the key makes a second time harmless.
    private async Task Queue(int number, int message, int recipients, CancellationToken stop)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"pace-{number}-{message}");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (status, answer) = await _api.Call(
                    HttpMethod.Post, "/v1/messages", Message(number, message, recipients), stop, key);
                if (status is >= 200 and < 300)
                {
                    return;
                }

                if (status is not (429 or 503) || attempt >= TriesMax)
                {
                    throw new SetUpException(
                        $"POST /v1/messages answered {status} {answer["code"]} {answer["detail"]}");
                }
            }
            catch (SetUpException refused) when (refused.InnerException is not null && attempt < TriesMax)
            {
                // No answer in time, or no connection.
            }

            await Task.Delay(ComeBackAfter, TimeProvider.System, stop);
        }
    }

    private static async ValueTask Undo(Stand stand, JudgedSandbox? sandbox)
    {
        // The host first: it still calls the sandbox.
        await stand.DisposeAsync();
        if (sandbox is not null)
        {
            await sandbox.DisposeAsync();
        }
    }

    private async Task SetUp(IReadOnlyList<NumberTerms> numbers, CancellationToken stop)
    {
        var tenant = new JsonObject { ["id"] = Tenant, ["name"] = "Pace" };
        var made = await _api.Must(HttpMethod.Post, "/admin/tenants", tenant, stop);
        _api = new ApiClient(
            _http, made["owner_key"]?.GetValue<string>() ?? throw new SetUpException("The tenant has no key."));
        _ids = new string[numbers.Count];
        await ClosedLoop.Count(SetUpCallers, numbers.Count, async i =>
        {
            var number = await _api.Must(HttpMethod.Post, "/v1/numbers", Number(i, numbers[i]), stop);
            _ids[i] = number["id"]?.GetValue<string>() ?? throw new SetUpException("A number has no id.");
            await _api.Must(HttpMethod.Post, $"/v1/numbers/{_ids[i]}/pause", null, stop);
        }).WaitAsync(stop);
    }

    private static JsonObject Number(int index, NumberTerms terms)
    {
        var number = new JsonObject
        {
            ["phone_number_id"] = JudgedSandbox.IdOf(index),
            ["account_id"] = JudgedSandbox.AccountId,
            ["name"] = "Pace",
            ["access_token"] = JudgedSandbox.AccessToken,
            ["policy"] = "cloud",
            ["throughput_per_second"] = terms.PerSecond,
        };
        if (terms.PerMinute > 0)
        {
            number["ceiling_per_minute"] = terms.PerMinute;
        }

        return number;
    }

    // Each text is another: a content that comes twice to one recipient is one that was sent twice.
    private JsonObject Message(int number, int message, int recipients) => new()
    {
        ["number_id"] = _ids[number],
        ["to"] = string.Create(CultureInfo.InvariantCulture, $"+55119{70_000_000 + (message % recipients)}"),
        ["lane"] = "campaign",
        ["content"] = new JsonObject
        {
            ["type"] = "template",
            ["template"] = new JsonObject
            {
                ["name"] = "order_ready",
                ["language"] = new JsonObject { ["code"] = "en_US" },
                ["category"] = "utility",
                ["components"] = new JsonArray(new JsonObject
                {
                    ["type"] = "body",
                    ["parameters"] = new JsonArray(new JsonObject
                    {
                        ["type"] = "text",
                        ["text"] = message.ToString(CultureInfo.InvariantCulture),
                    }),
                }),
            },
        },
    };
}
