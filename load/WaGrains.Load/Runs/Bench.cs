using WaGrains.Load.GraphStub;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.Report;
using WaGrains.Load.SetUp;

namespace WaGrains.Load.Runs;

/// <summary>What all runs of the process share.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Http">For set-up and metrics; its base address is the host, its key the operator's where known.</param>
/// <param name="Stub">The Graph stub.</param>
/// <param name="Tenant">Whose numbers are written to.</param>
/// <param name="HostPid">The host's process, or null.</param>
/// <param name="Commit">What is measured, or null.</param>
internal sealed record Bench(
    LoadOptions Options,
    HttpClient Http,
    StubServer Stub,
    PreparedTenant Tenant,
    int? HostPid,
    string? Commit)
{
    /// <summary>Where this runs.</summary>
    public Machine Machine { get; } = Machine.Read();

    /// <summary>Prints a finished run and appends it to the results.</summary>
    public void Publish(RunRecord run)
    {
        Console.WriteLine(ConsoleTable.Of(run));
        RunLog.Append(Options.Json, run);
    }
}
