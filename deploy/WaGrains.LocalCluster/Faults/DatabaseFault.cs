using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>PostgreSQL ends as in a crash and comes back. Silos refuse webhooks meanwhile; none of them may end.
/// </summary>
internal sealed class DatabaseFault : IFault
{
    // From when the server takes connections again: how long it recovers is its disk's affair.
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public string Name => "database";

    public async Task<FaultOutcome> Strike(Rig rig, SiloSeat victim, CancellationToken cancel)
    {
        var ends = rig.Seats.Select(seat => (seat.Name, seat.Ended)).ToList();
        await rig.Postgres.Crash(cancel);
        var recovery = Recover(rig, cancel);
        var served = await rig.Probe.UntilAllServe(Patience, cancel);
        var away = await recovery;
        var outcome = FaultOutcome.Of($"database away {away.TotalSeconds:0.0} s, then", served - away, Bar);
        foreach (var (name, ended) in ends.Where(end => end.Ended.IsCompleted))
        {
            outcome = outcome.And($"{name} ended with {await ended}", isViolation: true);
        }

        return outcome;
    }

    private static async Task<TimeSpan> Recover(Rig rig, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        await rig.Postgres.Recover(cancel);
        return TimeProvider.System.GetElapsedTime(began);
    }
}
