using System.Diagnostics;

namespace WaGrains.LocalCluster.Processes;

/// <summary>What to start.</summary>
/// <param name="Command">Program and arguments.</param>
/// <param name="Log">The file its output is appended to.</param>
/// <param name="Environment">Added to this process's own variables.</param>
internal sealed record ChildPlan(
    IReadOnlyList<string> Command, string Log, IReadOnlyDictionary<string, string> Environment);

/// <summary>A process started here; it is ended by its id and by nothing broader.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private Child(Process process)
    {
        _process = process;
        Pid = process.Id;
        Ended = End();
    }

    /// <summary>Its id.</summary>
    public int Pid { get; }

    /// <summary>Completes with the exit code; 128 and the signal's number where a signal ended it.</summary>
    public Task<int> Ended { get; }

    /// <summary>Starts it.</summary>
    public static Child Start(ChildPlan plan)
    {
        // The shell gives the output to the file and then becomes the program, so that the id is the program's. In a
        // session of its own: Ctrl-C is for the rig, which ends the silos in their order.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        string[] shell = ["-c", "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", plan.Log];
        foreach (var word in shell.Concat(plan.Command))
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        return new Child(Process.Start(start) ?? throw new RigException($"{plan.Command[0]} did not start."));
    }

    /// <summary>Sends it a signal, unless it has ended.</summary>
    public void Send(Signal signal)
    {
        if (!Ended.IsCompleted)
        {
            Signals.Send(Pid, signal);
        }
    }

    /// <summary>Asks it to end, and ends it where it does not within half a minute.</summary>
    public async ValueTask DisposeAsync()
    {
        Send(Signal.Continue);
        Send(Signal.Terminate);
        try
        {
            await Ended.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Send(Signal.Kill);
            await Ended;
        }

        _process.Dispose();
    }

    private async Task<int> End()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
