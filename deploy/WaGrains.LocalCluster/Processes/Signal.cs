using System.Runtime.InteropServices;

namespace WaGrains.LocalCluster.Processes;

/// <summary>What a process can be sent; the numbers are Linux's.</summary>
internal enum Signal
{
    /// <summary>Ends it at once, unheard.</summary>
    Kill = 9,

    /// <summary>Asks it to end well.</summary>
    Terminate = 15,

    /// <summary>Lets it run on.</summary>
    Continue = 18,

    /// <summary>Freezes it: its sockets stay open, nobody answers on them.</summary>
    Freeze = 19,
}

/// <summary>The one way to signal a process by its id.</summary>
internal static partial class Signals
{
    /// <summary>False where there is no such process any more.</summary>
    public static bool Send(int pid, Signal signal) => Kill(pid, (int)signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
