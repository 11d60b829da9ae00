using System.Globalization;
using WaGrains.LocalCluster.Processes;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>
/// A silo is frozen for twenty seconds with all its sockets open, under a steady load in the middle of a batch. The
/// others declare it dead and take over; woken, it finds its fence closed, commits nothing, calls nobody and ends with
/// its own code.
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
        var end = victim.Ended;
        try
        {
            var frozen = await Freeze(rig, victim, cancel);
            var woken = Task.Delay(Frozen, TimeProvider.System, cancel);
            var served = await rig.Probe.UntilAllServe(Frozen, cancel);
            await woken;
            var outcome = FaultOutcome.Of($"{victim.Name} frozen {frozen}", served, Bar);
            outcome = await Judge(outcome, frozen, rig, cancel);
            return outcome.Then(await Wake(rig, victim, end, cancel));
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

    // A paced silo commits too seldom to be met at it.
    private static async Task<FrozenSilo> Freeze(Rig rig, SiloSeat victim, CancellationToken cancel)
    {
        if (rig.Traffic.IsSteady)
        {
            return await new MidBatch(rig.Postgres.ConnectionString).Freeze(victim, cancel);
        }

        victim.Send(Signal.Freeze);
        return FrozenSilo.Blindly;
    }

    // A transaction that the silo left open holds the fence's row: whoever declares it dead must end its backend first.
    private static async Task<FaultOutcome> Judge(
        FaultOutcome outcome, FrozenSilo frozen, Rig rig, CancellationToken cancel)
    {
        outcome = outcome.With("frozen", frozen.Moment.ToString()).With("freeze_tries", frozen.Tries);
        if (frozen.Moment != Moment.Open)
        {
            return outcome;
        }

        var isOpen = await new MidBatch(rig.Postgres.ConnectionString).IsOpen(frozen.Backend, cancel);
        return outcome.And(
            isOpen ? "its backend was left in the transaction" : "the others ended its backend", isOpen);
    }

    private static async Task<FaultOutcome> Wake(Rig rig, SiloSeat victim, Task<int> end, CancellationToken cancel)
    {
        var before = await FenceRow.Read(rig.Postgres, victim.Name, cancel);
        var calls = await rig.Sandbox.CallsAt(victim.GraphUrl, cancel);
        victim.Send(Signal.Continue);
        var code = await Code(end, cancel);
        var after = await FenceRow.Read(rig.Postgres, victim.Name, cancel);
        calls = await rig.Sandbox.CallsAt(victim.GraphUrl, cancel) - calls;
        var word = code?.ToString(CultureInfo.InvariantCulture) ?? "nothing, it still runs";
        var isMoved = before != after || before.IsAlive;
        return new FaultOutcome($"woken it ended with {word}", code == FenceLost ? [] : [$"woken it ended with {word}"])
            .And($"its fence was {before} and is {after}", isMoved)
            .And($"woken it called Meta {calls} times", calls != 0)
            .With("exit_code", code)
            .With("fence_unchanged", !isMoved)
            .With("calls_after_wake", calls);
    }

    private static async Task<int?> Code(Task<int> end, CancellationToken cancel)
    {
        await Until.True(_ => Task.FromResult(end.IsCompleted), EndsWithin, cancel);
        return end.IsCompleted ? await end : null;
    }
}
