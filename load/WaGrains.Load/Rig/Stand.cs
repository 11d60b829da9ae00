using System.Globalization;
using WaGrains.Host.Silo;
using WaGrains.Load.GraphStub;
using WaGrains.Load.Options;
using WaGrains.LocalCluster;
using WaGrains.LocalCluster.Postgres;

namespace WaGrains.Load.Rig;

/// <summary>What a mode starts for itself: a private database where it wants one, the Graph stub, hosts in processes of
/// their own. All of it is gone when the run is over.</summary>
internal sealed class Stand : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly List<HostChild> _hosts = [];

    private Stand(LoadOptions options, TemporaryFolder folder, StubServer stub)
    {
        Options = options;
        _folder = folder;
        Stub = stub;
    }

    /// <summary>What was asked.</summary>
    public LoadOptions Options { get; }

    /// <summary>Where all hosts send to.</summary>
    public StubServer Stub { get; }

    /// <summary>The private server; null where the store is a file.</summary>
    public PrivatePostgres? Postgres { get; private set; }

    /// <summary>Its process.</summary>
    public int? PostgresPid { get; private set; }

    /// <summary>Starts what all hosts need.</summary>
    /// <exception cref="RigException">Something is missing or does not start.</exception>
    public static async Task<Stand> Start(LoadOptions options, bool postgres, CancellationToken stop)
    {
        if (!File.Exists(options.HostAssembly))
        {
            throw new RigException($"{options.HostAssembly} is not there: deploy/publish");
        }

        var graph = new UriBuilder(options.GraphUrl) { Port = FreePorts.Next() }.Uri;
        options.GraphUrl = graph;
        var stand = new Stand(options, new TemporaryFolder(), await StubServer.Start(graph, stop));
        try
        {
            if (postgres)
            {
                await stand.StartPostgres(stop);
            }
        }
        catch
        {
            await stand.DisposeAsync();
            throw;
        }

        return stand;
    }

    /// <summary>Starts a host and waits until it serves.</summary>
    public async Task<HostChild> StartHost(HostPlan plan, CancellationToken stop)
    {
        var host = Launch(plan);
        await host.Ready(stop);
        return host;
    }

    /// <summary>Starts a host; its <see cref="HostChild.Ready"/> tells when it serves.</summary>
    public HostChild Launch(HostPlan plan)
    {
        var folder = Path.Combine(_folder.Path, plan.Data ?? plan.Name);
        Directory.CreateDirectory(folder);
        var host = HostChild.Start(plan, Options, folder);
        _hosts.Add(host);
        return host;
    }

    /// <summary>A folder of the stand's own.</summary>
    public string FolderOf(string name) => Path.Combine(_folder.Path, name);

    /// <summary>How a database of the private server is reached; null where there is none.</summary>
    public string? Connection(string database) => Postgres?.ConnectionString
        .Replace("Database=wagrains", $"Database={database}", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Stub.DisposeAsync();
        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
        }

        await _folder.DisposeAsync();
    }

    private async Task StartPostgres(CancellationToken stop)
    {
        Postgres = await PrivatePostgres.Start(_folder.Path, FolderOf("postgres.log"), stop);
        var file = Path.Combine(_folder.Path, "postgres", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, stop);
        PostgresPid = int.Parse(lines[0], CultureInfo.InvariantCulture);
    }
}
