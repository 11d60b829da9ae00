using System.Globalization;
using WaGrains.LocalCluster.Processes;
using FreePorts = WaGrains.Host.Silo.FreePorts;

namespace WaGrains.LocalCluster.Postgres;

/// <summary>A PostgreSQL server of our own in a temporary folder, on a free port of 127.0.0.1, durable as in production
/// (fsync and synchronous_commit on). It ends with <see cref="DisposeAsync"/>.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string User = "wagrains";

    private readonly string[] _asOwner;
    private readonly string _programs;
    private readonly string _data;
    private readonly string _keptLog;

    private PrivatePostgres(string folder, string keptLog)
    {
        _keptLog = keptLog;
        // The server refuses to run as root.
        _asOwner = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        _programs = FindPrograms();
        _data = Path.Combine(folder, "postgres");
        Port = FreePorts.Next();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>How silos reach it.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={User};Database={User}";

    /// <summary>Makes a server in this folder and starts it.</summary>
    /// <param name="folder">For its files; every user must be able to enter it.</param>
    /// <param name="keptLog">Where its log goes when it ends.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="RigException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<PrivatePostgres> Start(
        string folder, string keptLog, CancellationToken cancel)
    {
        var server = new PrivatePostgres(folder, keptLog);
        if (server._asOwner.Length > 0)
        {
            await Run.ToEnd(["install", "-d", "-o", "postgres", "-m", "700", server._data], cancel);
        }

        await server.Call("initdb", ["-D", server._data, "-U", User, "--auth=trust", "--encoding=UTF8",
            "--locale=C"], cancel);
        await server.Recover(cancel);
        await server.Call("createdb", ["-h", "127.0.0.1", "-p", server.PortText, "-U", User, User], cancel);
        return server;
    }

    /// <summary>Ends the server as a crash would; returns when it is gone.</summary>
    public Task Crash(CancellationToken cancel) => Control(["stop", "-m", "immediate"], cancel);

    /// <summary>Starts it again; returns when it has recovered and takes connections.</summary>
    public Task Recover(CancellationToken cancel) => Control(["start", "-o", Settings()], cancel);

    /// <summary>The answer to one query, rows as lines, columns apart by |.</summary>
    public Task<string> Query(string sql, CancellationToken cancel) => Call(
        "psql", ["-h", "127.0.0.1", "-p", PortText, "-U", User, "-d", User, "-At", "-v", "ON_ERROR_STOP=1",
            "-c", sql], cancel);

    public async ValueTask DisposeAsync()
    {
        await Control(["stop", "-m", "fast"], CancellationToken.None);
        File.Copy(Log, _keptLog, overwrite: true);
    }

    private string Log => Path.Combine(_data, "server.log");

    private string PortText => Port.ToString(CultureInfo.InvariantCulture);

    private string Settings() =>
        $"-c listen_addresses=127.0.0.1 -c port={Port} -c unix_socket_directories={_data} -c fsync=on "
        + "-c synchronous_commit=on -c shared_buffers=256MB -c max_wal_size=4GB -c max_connections=300";

    private Task<string> Control(IEnumerable<string> order, CancellationToken cancel) => Call(
        "pg_ctl", ["-D", _data, "-w", "-t", "60", "-l", Log, .. order], cancel);

    private Task<string> Call(string program, IEnumerable<string> arguments, CancellationToken cancel) =>
        Run.ToEnd([.. _asOwner, Path.Combine(_programs, program), .. arguments], cancel);

    private static string FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(programs => File.Exists(Path.Combine(programs, "initdb")))
            ?? throw new RigException("PostgreSQL is not installed: apt-get install postgresql");
    }
}
