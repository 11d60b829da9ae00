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
/// <param name="HostPids">The hosts' processes, as far as they are known.</param>
/// <param name="Commit">What is measured, or null.</param>
internal sealed record Bench(
    LoadOptions Options,
    HttpClient Http,
    StubServer Stub,
    PreparedTenant Tenant,
    IReadOnlyList<int> HostPids,
    string? Commit)
{
    private const int SettleSecondsMax = 60;

    /// <summary>The database server's process, where the tool has started it.</summary>
    public int? DatabasePid { get; init; }

    /// <summary>Where this runs.</summary>
    public Machine Machine { get; } = Machine.Read();

    /// <summary>What the processes have used by now.</summary>
    public Task<Snapshot> Snapshot() => Measures.Snapshot.Take(Http, HostPids, DatabasePid, CancellationToken.None);

    /// <summary>What a run left in the hosts' queues must not count against the next: waits until a whole second
    /// brings no send, a minute at most.</summary>
    public async Task Settle(CancellationToken stop)
    {
        long before;
        var seconds = 0;
        do
        {
            before = Stub.Requests;
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (Stub.Requests != before && ++seconds < SettleSecondsMax && !stop.IsCancellationRequested);
    }

    /// <summary>Prints a finished run and appends it to the results.</summary>
    public void Publish(RunRecord run)
    {
        Console.WriteLine(ConsoleTable.Of(run));
        RunLog.Append(Options.Json, run);
    }
}
