using System.Globalization;
using System.Runtime.InteropServices;

namespace WaGrains.Host.Silo;

/// <summary>
/// In its first half minute a process compiles anew what it calls often: thousands of methods, seconds of a core, on a
/// thread that the runtime keeps for it. Where silos and their database share few cores, all of them wait for it; so
/// that thread gives way to those that serve. On Linux, which knows priorities of threads (setpriority(2): for a thread
/// "nice" is its own); elsewhere nothing is done.
/// </summary>
internal sealed class CompilerGivesWay(TimeProvider clock) : BackgroundService
{
    /// <summary>As the kernel has it, cut at fifteen characters: ".NET Tiered Compilation Worker".</summary>
    private const string Name = ".NET Tiered Com";

    /// <summary>Nicer than the others by so much, it gets a tenth of what one of them gets beside it.</summary>
    private const int Nicer = 10;

    private const int NicestOfAll = 19;
    private const int OfAThread = 0;
    private const int This = 0;
    private const string Threads = "/proc/self/task";

    /// <summary>The thread ends when it has nothing to do, and begins again.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LooksFor = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var began = clock.GetTimestamp();
        using var timer = new PeriodicTimer(LooksEvery, clock);
        while (Directory.Exists(Threads) && clock.GetElapsedTime(began) < LooksFor)
        {
            Look();
            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    /// <summary>Lets it give way where it is there now.</summary>
    internal static void Look()
    {
        var nice = Math.Min(NicestOfAll, GetPriority(OfAThread, This) + Nicer);
        foreach (var thread in Directory.EnumerateDirectories(Threads))
        {
            if (NameOf(thread) == Name)
            {
                _ = SetPriority(OfAThread, uint.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), nice);
            }
        }
    }

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd('\n');
        }
        catch (IOException)
        {
            // It has just ended.
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "getpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetPriority(int which, uint who);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
