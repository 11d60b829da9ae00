using System.Diagnostics;

namespace WaGrains.Load.Measures;

/// <summary>Where the figures come from.</summary>
/// <param name="Cores">Logical processors this process may use.</param>
/// <param name="Cpu">Processor model.</param>
/// <param name="MemoryMb">Physical memory, MB.</param>
/// <param name="Os">Operating system.</param>
/// <param name="Runtime">.NET of this tool.</param>
internal sealed record Machine(int Cores, string Cpu, long MemoryMb, string Os, string Runtime)
{
    /// <summary>This machine.</summary>
    public static Machine Read() => new(
        Environment.ProcessorCount,
        Field("/proc/cpuinfo", "model name") ?? "unknown",
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000,
        Environment.OSVersion.ToString(),
        Environment.Version.ToString());

    /// <summary>
    /// The commit of the working tree, with <c>-dirty</c> when tracked files differ from it; null outside a repository.
    /// </summary>
    public static async Task<string?> Commit(CancellationToken stop)
    {
        if (await Git(["rev-parse", "HEAD"], stop) is not { Length: > 0 } commit)
        {
            return null;
        }

        var changes = await Git(["status", "--porcelain", "--untracked-files=no", "--", ":!*.jsonl"], stop);
        return changes is { Length: > 0 } ? $"{commit}-dirty" : commit;
    }

    private static string? Field(string file, string name) => !File.Exists(file)
        ? null
        : File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?
            .Split(':', 2)[1].Trim();

    private static async Task<string?> Git(string[] arguments, CancellationToken stop)
    {
        try
        {
            var start = new ProcessStartInfo("git", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            var output = await git.StandardOutput.ReadToEndAsync(stop);
            await git.WaitForExitAsync(stop);
            return git.ExitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
