using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>PostgreSQL ends as in a crash and comes back. Silos refuse webhooks meanwhile; none of them may end.
/// </summary>
internal sealed class DatabaseFault : IFault
{
    // The server's own recovery is part of it.
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public string Name => "database";

    public async Task<FaultOutcome> Strike(Rig rig, SiloSeat victim, CancellationToken cancel)
    {
        var ends = rig.Seats.Select(seat => (seat.Name, seat.Ended)).ToList();
        await rig.Postgres.Crash(cancel);
        var recovery = rig.Postgres.Recover(cancel);
        var served = await rig.Probe.UntilAllServe(Patience, cancel);
        await recovery;
        var outcome = FaultOutcome.Of("database crashed", served, Bar);
        foreach (var (name, ended) in ends.Where(end => end.Ended.IsCompleted))
        {
            outcome = outcome.And($"{name} ended with {await ended}", isViolation: true);
        }

        return outcome;
    }
}
