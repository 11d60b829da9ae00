using System.Globalization;

namespace WaGrains.LocalCluster.Judging;

/// <summary>Processor time as Linux counts it, in steps of 10 ms.</summary>
internal static class ProcessorTime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    // The user's and the kernel's part, counted behind the name in brackets.
    private const int UserField = 11;

    /// <summary>What a process has used; nothing where there is none.</summary>
    public static TimeSpan Of(int? pid)
    {
        if (pid is not { } id)
        {
            return TimeSpan.Zero;
        }

        try
        {
            var line = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return Step * (long.Parse(fields[UserField]) + long.Parse(fields[UserField + 1]));
        }
        catch (IOException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>What the whole machine has used, whoever it was for.</summary>
    public static TimeSpan OfMachine()
    {
        // user, nice, system, idle, iowait, irq, softirq, steal: all but the fourth and fifth are work.
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        return Step * fields.Take(8).Select(long.Parse).Where((_, i) => i is not (3 or 4)).Sum();
    }
}
