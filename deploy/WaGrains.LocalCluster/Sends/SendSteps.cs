using WaGrains.LocalCluster.Faults;

namespace WaGrains.LocalCluster.Sends;

/// <summary>Prints a line for each step of a run and gathers what was violated. A step that cannot be done is a
/// violation like any other: what follows is still worth seeing.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="lines">The same as JSON.</param>
internal sealed class SendSteps(TextWriter output, ResultLines lines)
{
    private readonly List<string> _violations = [];

    /// <summary>Everything that was violated so far.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Takes one step.</summary>
    public async Task Take(string step, Func<Task<FaultOutcome>> take, CancellationToken cancel)
    {
        FaultOutcome outcome;
        try
        {
            outcome = await take();
        }
        catch (Exception broken) when (broken is RigException or HttpRequestException or IOException)
        {
            outcome = new FaultOutcome("broken off", [broken.Message]);
        }

        await Tell(step, outcome, cancel);
    }

    /// <summary>Tells of a step that has been taken.</summary>
    public async Task Tell(string step, FaultOutcome outcome, CancellationToken cancel)
    {
        await output.WriteLineAsync($"{step}: {outcome.Story}");
        foreach (var violation in outcome.Violations)
        {
            await output.WriteLineAsync($"  violated: {violation}");
        }

        await lines.Write(step, outcome, cancel);
        _violations.AddRange(outcome.Violations.Select(violation => $"{step}: {violation}"));
    }
}
