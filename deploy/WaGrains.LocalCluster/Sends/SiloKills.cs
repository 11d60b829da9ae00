using WaGrains.LocalCluster.Faults;
using WaGrains.LocalCluster.Processes;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Sends;

/// <summary>Kills the silos one after the other and remembers which numbers were away, and when.</summary>
internal sealed class SiloKills(SendRun run)
{
    // Alone there is nobody to take over: the process has to start again.
    private static readonly TimeSpan AloneBar = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AlonePatience = TimeSpan.FromSeconds(60);

    private readonly List<Outage> _outages = [];

    /// <summary>From each kill until all numbers served again.</summary>
    public IReadOnlyList<Outage> Outages => _outages;

    /// <summary>Kills as often as the run is to, evenly over its course, the silos in turn.</summary>
    /// <param name="progress">How far the run is.</param>
    /// <param name="people">How many it writes to in all.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task StrikeAll(SendProgress progress, int people, CancellationToken cancel)
    {
        var kills = run.Options.Kills;
        for (var kill = 0; kill < kills; kill++)
        {
            var share = (kill + 0.5) / (kills + 0.5);
            await run.Steps.Take($"kill {kill + 1}", async () =>
            {
                var before = await progress.UntilTaken((int)(share * people), cancel);
                return before.Then(await Strike(cancel));
            }, cancel);
        }
    }

    /// <summary>Kills the next one in turn, and returns when all silos want traffic again.</summary>
    private async Task<FaultOutcome> Strike(CancellationToken cancel)
    {
        var rig = run.Rig;
        var victim = rig.Seats[_outages.Count % rig.Seats.Count];
        var numbers = await rig.Sandbox.NumbersAt(victim.GraphUrl, cancel);
        var from = TimeProvider.System.GetUtcNow();
        var outcome = rig.Seats.Count > 1
            ? await new KillFault().Strike(rig, victim, cancel)
            : await Alone(victim, cancel);
        _outages.Add(new Outage(from, TimeProvider.System.GetUtcNow(), numbers));
        await rig.AllReady(cancel);
        return outcome.And($"{numbers.Count} numbers lived there", isViolation: false);
    }

    private async Task<FaultOutcome> Alone(SiloSeat victim, CancellationToken cancel)
    {
        victim.Send(Signal.Kill);
        return FaultOutcome.Of(
            $"{victim.Name} killed, alone", await run.Rig.Probe.UntilAllServe(AlonePatience, cancel), AloneBar);
    }
}

/// <summary>A time in which some numbers had no silo.</summary>
/// <param name="From">Its silo's death.</param>
/// <param name="Until">When all numbers served again.</param>
/// <param name="Numbers">Meta's ids of the numbers that lived there.</param>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset Until, IReadOnlySet<string> Numbers)
{
    /// <summary>Whether a wait of a number fell into it.</summary>
    public bool Touches(string number, DateTimeOffset from, DateTimeOffset until) =>
        Numbers.Contains(number) && from <= Until && until >= From;
}
