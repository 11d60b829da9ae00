using WaGrains.Engine.Commits;
using WaGrains.Host.Silo;
using WaGrains.Storage;

namespace WaGrains.Host.Restoring;

/// <summary><c>WaGrains.Host restored</c>: marks the configured store as restored, and ends instead of
/// serving.</summary>
internal static class RestoredVerb
{
    private const string Word = "restored";

    /// <summary>Whether the command line asks for it.</summary>
    public static bool IsAskedBy(string[] args) => args is [Word];

    /// <summary>What is wrong with a command line; null where it can be used. A word that nobody knows must not start a
    /// silo: on a restored store that would be the mistake this verb is there to prevent.</summary>
    public static string? Mistake(string[] args) =>
        args is [var first, ..] && !first.StartsWith('-') && !first.Contains('=') && !IsAskedBy(args)
            ? $"The only command is \"{Word}\", alone; without one the process serves."
            : null;

    /// <summary>Marks the store; gives the process's exit code.</summary>
    public static async Task<int> Execute(OpenedStore opened, TimeProvider clock, TextWriter said, TextWriter wrong)
    {
        try
        {
            await ((IMaintained)opened.Store).Restored(CancellationToken.None);
            var marked = await new Restoration(opened, clock).Mark(CancellationToken.None);
            await said.WriteLineAsync(
                $"Marked as restored: {marked.Numbers} numbers stopped, {marked.Doubted} messages in doubt.");
            return ExitCode.Good;
        }
        catch (StoreInUseException taken)
        {
            await wrong.WriteLineAsync(taken.Message);
            return ExitCode.FenceLost;
        }
        catch (StoreUnavailableException away)
        {
            await wrong.WriteLineAsync(away.Message);
            return ExitCode.Unreachable;
        }
    }
}
