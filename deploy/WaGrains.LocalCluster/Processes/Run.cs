using System.Diagnostics;

namespace WaGrains.LocalCluster.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class Run
{
    /// <summary>What it printed, trimmed.</summary>
    /// <exception cref="RigException">It ended with another code than 0; the message has what it said.</exception>
    public static async Task<string> ToEnd(IEnumerable<string> command, CancellationToken cancel)
    {
        string[] words = [.. command];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A folder that every user may enter.
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start) ?? throw new RigException($"{words[0]} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new RigException($"{string.Join(' ', words)} ended with {process.ExitCode}: {await errors}");
    }
}
