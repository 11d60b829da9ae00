using WaGrains.LocalCluster.Processes;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>
/// A silo is frozen for twenty seconds with all its sockets open. The others declare it dead and take over; woken, it
/// finds its fence closed, commits nothing and ends with its own code.
/// </summary>
internal sealed class FreezeFault : IFault
{
    private const int FenceLost = 4;

    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(15);

    // Nobody resets the connections of a frozen process: three missed probes of a second each, then the take-over.
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);

    public string Name => "freeze";

    public async Task<FaultOutcome> Strike(Rig rig, SiloSeat victim, CancellationToken cancel)
    {
        victim.HoldRestart();
        var woken = Task.Delay(Frozen, TimeProvider.System, cancel);
        var end = victim.Ended;
        try
        {
            victim.Send(Signal.Freeze);
            var served = await rig.Probe.UntilAllServe(Frozen, cancel);
            var before = await FenceRow.Read(rig.Postgres, victim.Name, cancel);
            await woken;
            victim.Send(Signal.Continue);
            var code = await Code(end, cancel);
            var after = await FenceRow.Read(rig.Postgres, victim.Name, cancel);
            return FaultOutcome.Of($"{victim.Name} frozen", served, Bar)
                .And($"woken it ended with {code?.ToString() ?? "nothing, it still runs"}", code != FenceLost)
                .And($"its fence was {before} and is {after}", before != after || before.IsAlive);
        }
        finally
        {
            victim.Send(Signal.Continue);
            if (!end.IsCompleted)
            {
                victim.Send(Signal.Kill);
            }

            victim.LetRestart();
        }
    }

    private static async Task<int?> Code(Task<int> end, CancellationToken cancel)
    {
        await Until.True(_ => Task.FromResult(end.IsCompleted), EndsWithin, cancel);
        return end.IsCompleted ? await end : null;
    }
}
