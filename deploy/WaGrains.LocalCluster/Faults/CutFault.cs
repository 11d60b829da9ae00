using System.Globalization;
using WaGrains.LocalCluster.Processes;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>
/// One silo and the others no longer hear each other, while all of them reach the database, Meta and the proxy. Needs a
/// network of the run's own: rules of routing swallow what goes between them.
/// </summary>
internal sealed class CutFault : IFault
{
    private const int FenceLost = 4;

    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);

    public string Name => "cut";

    public async Task<FaultOutcome> Strike(Rig rig, SiloSeat victim, CancellationToken cancel)
    {
        victim.HoldRestart();
        var end = victim.Ended;
        var rules = Rules(rig, victim);
        try
        {
            foreach (var rule in rules)
            {
                await Ip("add", rule, cancel);
            }

            var served = await rig.Probe.UntilAllServe(Patience, cancel);
            await Until.True(_ => Task.FromResult(end.IsCompleted), EndsWithin, cancel);
            var code = end.IsCompleted ? await end : -1;
            var without = await rig.Probe.UntilAllServe(Patience, cancel);
            return FaultOutcome.Of($"{victim.Name} cut off", served, Bar)
                .And(end.IsCompleted ? $"it ended with {code}" : "it still runs", code != FenceLost)
                .And($"without it all serve within {without?.TotalSeconds ?? -1:0.0} s", without is null);
        }
        finally
        {
            foreach (var rule in rules)
            {
                await Ip("del", rule, CancellationToken.None);
            }

            if (!end.IsCompleted)
            {
                victim.Send(Signal.Kill);
            }

            victim.LetRestart();
        }
    }

    /// <summary>In a network of the run's own the rule that delivers local traffic comes first; here it makes room for
    /// ours before it.</summary>
    public static async Task MakeRoom(CancellationToken cancel)
    {
        await Run.ToEnd(["ip", "rule", "add", "pref", "100", "lookup", "local"], cancel);
        await Run.ToEnd(["ip", "rule", "del", "pref", "0"], cancel);
    }

    // To the victim's port, from it, and from the victim's own user to the ports of the others.
    private static List<string[]> Rules(Rig rig, SiloSeat victim)
    {
        var (port, user) = (Text(victim.SiloPort), Text(victim.UserId));
        var others = rig.Seats.Where(seat => seat != victim).Select(seat => Text(seat.SiloPort));
        return
        [
            ["dport", port],
            ["sport", port],
            .. others.Select(other => new[] { "dport", other, "uidrange", $"{user}-{user}" }),
        ];
    }

    private static Task<string> Ip(string deed, string[] rule, CancellationToken cancel) => Run.ToEnd(
        ["ip", "rule", deed, "pref", "10", "ipproto", "tcp", .. rule, "blackhole"], cancel);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
