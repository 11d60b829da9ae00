using System.Diagnostics;
using System.Globalization;

namespace WaGrains.Load.Measures;

/// <summary>A process of this machine, read through /proc.</summary>
internal static class HostProcess
{
    // USER_HZ is 100 on every Linux architecture .NET runs on; see proc(5).
    private const double TicksPerSecond = 100;

    /// <summary>
    /// The process that listens on a TCP port, or null: not Linux, no listener, or not ours to look at.
    /// </summary>
    public static int? FindByPort(int port)
    {
        var inode = InodeOf("/proc/net/tcp", port) ?? InodeOf("/proc/net/tcp6", port);
        if (inode is null)
        {
            return null;
        }

        var socket = $"socket:[{inode}]";
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)
                && Holds(folder, socket))
            {
                return pid;
            }
        }

        return null;
    }

    /// <summary>User and system time so far, seconds; null when the process cannot be read.</summary>
    public static double? CpuSeconds(int pid)
    {
        // utime and stime are fields 14 and 15.
        return Fields(pid) is not { } fields ? null : (long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>User and system time of a process, of its children, and of those of them that have ended,
    /// seconds; null when it cannot be read.</summary>
    public static double? TreeCpuSeconds(int pid)
    {
        if (CpuSeconds(pid) is not { } sum)
        {
            return null;
        }

        sum += EndedChildren(pid);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var child)
                && Fields(child) is { } fields && int.Parse(fields[1], CultureInfo.InvariantCulture) == pid)
            {
                sum += CpuSeconds(child) ?? 0;
            }
        }

        return sum;
    }

    /// <summary>Resident memory, bytes; null when the process cannot be read.</summary>
    public static long? RssBytes(int pid)
    {
        var line = ReadText($"/proc/{pid}/status")?.Split('\n')
            .FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        var words = line?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words is { Length: >= 2 } ? long.Parse(words[1], CultureInfo.InvariantCulture) * 1024 : null;
    }

    /// <summary>This process's own user and system time, seconds.</summary>
    public static double OwnCpuSeconds()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    // cutime and cstime are fields 16 and 17.
    private static double EndedChildren(int pid) => Fields(pid) is { } fields
        ? (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture))
            / TicksPerSecond
        : 0;

    // The name in parentheses may hold spaces: fields are counted from its end, the first of them is the third.
    private static string[]? Fields(int pid) =>
        ReadText($"/proc/{pid}/stat") is { } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : null;

    private static string? InodeOf(string table, int port)
    {
        var suffix = $":{port:X4}";
        foreach (var line in (ReadText(table) ?? "").Split('\n').Skip(1))
        {
            // sl, local address, remote address, state (0A listens), ..., inode is the tenth; see proc_net_tcp.txt of
            // the kernel.
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9 && fields[3] == "0A" && fields[1].EndsWith(suffix, StringComparison.Ordinal))
            {
                return fields[9];
            }
        }

        return null;
    }

    private static bool Holds(string processFolder, string socket)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(processFolder, "fd"))
                .Any(fd => new FileInfo(fd).LinkTarget == socket);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
