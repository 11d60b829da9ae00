using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WaGrains.Load.Arrivals;

/// <summary>
/// Sleeps for less than a millisecond where the system can: Thread.Sleep would add up to 1 ms to every latency.
/// </summary>
internal static class ShortSleep
{
    /// <summary>Returns at or shortly after the instant, given in Stopwatch ticks; never spins.</summary>
    public static void Until(long instant)
    {
        var left = instant - Stopwatch.GetTimestamp();
        if (left <= 0)
        {
            return;
        }

        var nanoseconds = (long)(left * (1e9 / Stopwatch.Frequency));
        if (!OperatingSystem.IsLinux())
        {
            Thread.Sleep((int)Math.Max(1, nanoseconds / 1_000_000));
            return;
        }

        var wanted = new TimeSpec(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
        _ = NanoSleep(in wanted, IntPtr.Zero);
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NanoSleep(in TimeSpec wanted, IntPtr remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;

        public TimeSpec(long seconds, long nanoseconds)
        {
            Seconds = (nint)seconds;
            Nanoseconds = (nint)nanoseconds;
        }
    }
}
