using System.Globalization;
using WaGrains.Host.Silo;
using WaGrains.Load.Options;
using WaGrains.LocalCluster;
using WaGrains.LocalCluster.Processes;

namespace WaGrains.Load.Rig;

/// <summary>A host to start.</summary>
/// <param name="Name">Its silo's name, unique on the stand.</param>
/// <param name="Connection">Its database; null for a file of its own.</param>
/// <param name="Tenants">Slugs of the tenants that have an app, of the same name, at it.</param>
/// <param name="Data">The folder of its keys and, without a database, of its rows; null for one of its own.</param>
internal sealed record HostPlan(
    string Name, string? Connection, IReadOnlyList<string> Tenants, string? Data = null)
{
    /// <summary>Further settings of this host, by the names of its environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>A host in a process of its own.</summary>
internal sealed class HostChild : IAsyncDisposable
{
    /// <summary>Opens the operator's side of every host of a stand; the hosts listen on loopback alone.</summary>
    public const string OperatorKey = "wao_load_stand_operator";

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly Child _child;
    private readonly string _log;

    private HostChild(Child child, string name, Uri url, string log)
    {
        _child = child;
        Name = name;
        Url = url;
        _log = log;
    }

    /// <summary>Its silo's name.</summary>
    public string Name { get; }

    /// <summary>Where it listens; elsewhere with every start.</summary>
    public Uri Url { get; }

    /// <summary>Its process.</summary>
    public int Pid => _child.Pid;

    /// <summary>Starts it.</summary>
    public static HostChild Start(HostPlan plan, LoadOptions options, string data)
    {
        var url = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        var log = Path.Combine(data, $"{plan.Name}.log");
        var command = new ChildPlan(
            ["dotnet", Path.GetFullPath(options.HostAssembly)], log, Environment(plan, options, data, url));
        return new HostChild(Child.Start(command), plan.Name, url, log);
    }

    /// <summary>Waits until it says that it serves.</summary>
    /// <exception cref="RigException">It ended, or did not come up.</exception>
    public async Task Ready(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ReadyWithin);
        try
        {
            while (!await IsReady(http, limit.Token))
            {
                if (_child.Ended.IsCompleted)
                {
                    throw new RigException($"A host ended before it served:\n{Said()}");
                }

                await Task.Delay(Pause, TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new RigException($"A host did not serve within {ReadyWithin.TotalSeconds} s:\n{Said()}");
        }
    }

    /// <summary>Ends it as a crash would; returns when it is gone.</summary>
    public Task Kill()
    {
        _child.Send(Signal.Kill);
        return _child.Ended;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static async Task<bool> IsReady(HttpClient http, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Said() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(20)) : "";

    private static Dictionary<string, string> Environment(HostPlan plan, LoadOptions options, string data, Uri url)
    {
        var settings = new Dictionary<string, string>
        {
            ["WAGRAINS_DATA"] = data,
            ["WAGRAINS__Url"] = url.GetLeftPart(UriPartial.Authority),
            ["WAGRAINS__SiloName"] = plan.Name,
            ["WAGRAINS__OperatorKey"] = OperatorKey,
            ["WAGRAINS__GraphBaseUrl"] = options.GraphUrl.GetLeftPart(UriPartial.Authority),
            ["WAGRAINS__Demo__Enabled"] = "false",
            ["WAGRAINS__Sandbox__Enabled"] = "false",
            ["WAGRAINS__Cluster__SiloPort"] = Text(FreePorts.Next()),
            ["WAGRAINS__Cluster__GatewayPort"] = Text(FreePorts.Next()),
            ["WAGRAINS__Cluster__DrainSeconds"] = "0",
            ["WAGRAINS__Cluster__Dashboard"] = "false",
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
        };
        if (plan.Connection is { } connection)
        {
            settings["WAGRAINS__Postgres__ConnectionString"] = connection;
        }

        if (options.WebhooksMax is { } most)
        {
            settings["WAGRAINS__WebhooksMax"] = Text(most);
        }

        if (options.TenantShare is { } share)
        {
            settings["WAGRAINS__WebhooksPerTenantShare"] = share.ToString(CultureInfo.InvariantCulture);
        }

        if (options.UpdatesPerTenant is { } updates)
        {
            settings["WAGRAINS__UpdatesPerTenantPerSecond"] = updates.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in plan.Settings)
        {
            settings[name] = value;
        }

        foreach (var tenant in plan.Tenants)
        {
            settings[$"WAGRAINS__Apps__{tenant}__AppSecret"] = options.Secret;
            settings[$"WAGRAINS__Apps__{tenant}__VerifyToken"] = "load-verify-token";
            settings[$"WAGRAINS__Apps__{tenant}__Tenant"] = tenant;
        }

        return settings;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
