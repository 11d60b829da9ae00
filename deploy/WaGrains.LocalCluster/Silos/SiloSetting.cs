using System.Globalization;
using WaGrains.LocalCluster.Processes;

namespace WaGrains.LocalCluster.Silos;

/// <summary>What the silos of one cluster have in common.</summary>
/// <param name="Host">The host's assembly.</param>
/// <param name="Folder">Logs, and the data folder that all silos share: the key that seals tokens lies there.</param>
/// <param name="Postgres">The connection string.</param>
/// <param name="Graph">The sandbox's port is this one's; each silo has an address of its own there.</param>
/// <param name="OperatorKey">Opens the operator's side of every silo.</param>
internal sealed record SiloSetting(string Host, string Folder, string Postgres, Uri Graph, string OperatorKey)
{
    private const int FirstGatewayPort = 30_000;
    private const long HeapBytesMax = 512 * 1024 * 1024;

    /// <summary>The business numbers; the demo makes them its own.</summary>
    public required IReadOnlyDictionary<string, string> Numbers { get; init; }

    /// <summary>What the traffic asks of a silo's configuration.</summary>
    public required IReadOnlyDictionary<string, string> Traffic { get; init; }

    /// <summary>Whether each silo runs as a user of its own, so that its traffic can be told apart.</summary>
    public bool OwnUsers { get; init; }

    /// <summary>Added to every port.</summary>
    public int PortOffset { get; init; }

    /// <summary>Told when a silo has ended, with its exit code.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>The file with the demo tenant's owner key; there once the first silo has made the tenant.</summary>
    public static string KeyFileIn(string folder) => Path.Combine(DataIn(folder), "demo.key");

    /// <summary>Makes the data folder and leaves the operator's key in it, for its owner's eyes.</summary>
    public static void Keep(string folder, string operatorKey)
    {
        Directory.CreateDirectory(DataIn(folder));
        Write(Path.Combine(DataIn(folder), "operator.key"), [operatorKey]);
    }

    /// <summary>Leaves what all silos share in a file that a shell and systemd can read, so that one more silo, or a
    /// command, can be started by hand.</summary>
    public void KeepShared() => Write(
        Path.Combine(Folder, "common.env"),
        Shared().OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}=\"{each.Value}\""));

    /// <summary>How the silo of a seat is started.</summary>
    public ChildPlan Plan(SiloSeat seat, int index)
    {
        string[] program = ["dotnet", Host];
        return new ChildPlan(
            OwnUsers ? [.. AsUser(seat.UserId), .. program] : program,
            Path.Combine(Folder, $"{seat.Name}.log"),
            Environment(seat, index));
    }

    private static IEnumerable<string> AsUser(int user) =>
    [
        // Another user, but with root's reach into files: only its sockets are to look different.
        "setpriv", $"--reuid={user.ToString(CultureInfo.InvariantCulture)}", "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override", "--",
    ];

    private Dictionary<string, string> Environment(SiloSeat seat, int index) => new(Shared())
    {
        ["WAGRAINS__Url"] = seat.Url.ToString(),
        ["WAGRAINS__SiloName"] = seat.Name,
        ["WAGRAINS__Cluster__SiloPort"] = seat.SiloPort.ToString(CultureInfo.InvariantCulture),
        ["WAGRAINS__Cluster__GatewayPort"] =
            (FirstGatewayPort + PortOffset + index).ToString(CultureInfo.InvariantCulture),

        // Each silo reaches the sandbox at an address of its own, so that it can be told who called.
        ["WAGRAINS__GraphBaseUrl"] = seat.GraphUrl.ToString(),
    };

    private Dictionary<string, string> Shared() => new(Numbers.Concat(Traffic))
    {
        ["WAGRAINS_DATA"] = DataIn(Folder),
        ["WAGRAINS__Postgres__ConnectionString"] = Postgres,

        // The proxy asks five times a second.
        ["WAGRAINS__Cluster__DrainSeconds"] = "1",
        ["WAGRAINS__OperatorKey"] = OperatorKey,
        ["WAGRAINS__GraphBaseUrl"] = Graph.ToString(),
        ["WAGRAINS__Sandbox__Enabled"] = "false",

        // As in production where silos share a machine: one bounded heap each, and pool threads that do not spin.
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_GCHeapHardLimit"] = HeapBytesMax.ToString("X", CultureInfo.InvariantCulture),
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
    };

    private static void Write(string path, IEnumerable<string> lines)
    {
        var owner = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, owner);
        foreach (var line in lines)
        {
            file.WriteLine(line);
        }
    }

    private static string DataIn(string folder) => Path.Combine(folder, "data");
}
