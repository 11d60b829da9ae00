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
        if (ReadText($"/proc/{pid}/stat") is not { } stat)
        {
            return null;
        }

        // The name in parentheses may hold spaces: fields are counted from its end (utime and stime are 14 and 15).
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
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
