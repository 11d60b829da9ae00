using System.Diagnostics;
using System.Globalization;
using Npgsql;
using WaGrains.Host.Silo;

#pragma warning disable CA1716 // A keyword of Visual Basic, in which nobody writes tests here.
namespace Shared;
#pragma warning restore CA1716

/// <summary>
/// A private PostgreSQL server in a temporary folder, started by the first test that needs one and gone with the test
/// process. It does not sync to disk: tests that end the server by force want <see cref="Start"/> with durability.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Only = new(() => Start(durable: false));

    /// <summary>Runs the server until the test process lets go of the line to it, however that process ends.</summary>
    private const string Guard =
        """
        "$@" > "$0/log" 2>&1 & server=$!
        cat > /dev/null
        kill -QUIT $server; wait $server; rm -rf "$0"
        """;

    private readonly string _folder;
    private readonly Process _process;
    private int _databases;

    private PostgresServer(string folder, int port, Process process)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    /// <summary>The port it listens on, 127.0.0.1 only.</summary>
    public int Port { get; }

    /// <summary>The server process itself.</summary>
    public int ProcessId => int.Parse(
        File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>The one server of this test process.</summary>
    public static Task<PostgresServer> Shared() => Only.Value;

    /// <summary>Starts a server of its own.</summary>
    /// <param name="durable">Whether a commit survives the server's sudden end.</param>
    public static async Task<PostgresServer> Start(bool durable)
    {
        var binaries = Binaries();
        var folder = Directory.CreateTempSubdirectory("wagrains-pg-").FullName;
        var port = FreePorts.Next();
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", folder);
        }

        Run([.. As(), Path.Combine(binaries, "initdb"), "-D", Path.Combine(folder, "data"), "-U", "postgres",
            "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        var process = Launch([.. As(), "sh", "-c", Guard, folder, Path.Combine(binaries, "postgres"),
            "-D", Path.Combine(folder, "data"),
            "-c", $"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder}",
            "-c", "max_connections=200", "-c", "shared_buffers=128MB", "-c", "log_min_messages=fatal",
            "-c", $"fsync={(durable ? "on" : "off")}", "-c", "full_page_writes=on",
            "-c", $"synchronous_commit={(durable ? "on" : "off")}"]);
        var server = new PostgresServer(folder, port, process);
        await server.Ready();
        return server;
    }

    /// <summary>How to reach a database of it.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Database = database,
        IncludeErrorDetail = true,
        Timeout = 30,
    }.ToString();

    /// <summary>Makes a database and returns how to reach it.</summary>
    /// <param name="template">The database it is a copy of; nobody may be connected to that one.</param>
    public async Task<string> Create(string template = "template1")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await Execute($"CREATE DATABASE {name} TEMPLATE {template}");
        return ConnectionString(name);
    }

    /// <summary>Removes a database, whoever is connected to it.</summary>
    public Task Drop(string connectionString) => Execute(
        $"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    /// <summary>Runs a statement of the server's owner.</summary>
    public async Task Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the server at once and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Binaries()
    {
        const string Home = "/usr/lib/postgresql";
        var found = Directory.Exists(Home)
            ? Directory.GetDirectories(Home)
                .Select(version => Path.Combine(version, "bin"))
                .Where(binaries => File.Exists(Path.Combine(binaries, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
        return found ?? throw new InvalidOperationException(
            "These tests need PostgreSQL's server: apt-get install -y postgresql (tests/run does it).");
    }

    /// <summary>The server refuses to run as root.</summary>
    private static string[] As() => Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];

    private static void Run(params string[] command)
    {
        using var process = Launch(command);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
        }
    }

    private static Process Launch(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>A server that starts refuses connections at first; the driver's own time-out bounds how
    /// often.</summary>
    private async Task Ready()
    {
        var began = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await Execute("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (began.Elapsed < TimeSpan.FromMinutes(1) && !_process.HasExited)
            {
                await Task.Yield();
            }
        }
    }
}
