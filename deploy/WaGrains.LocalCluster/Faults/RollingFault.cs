using System.Net.Http.Headers;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>Every silo in turn is drained by its operator and comes back: a planned stop refuses no webhook.</summary>
internal sealed class RollingFault : IFault
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(250);

    public string Name => "rolling";

    public async Task<FaultOutcome> Strike(Rig rig, SiloSeat victim, CancellationToken cancel)
    {
        var refused = rig.Ledger.Refused;
        var slowest = TimeSpan.Zero;
        var outcome = new FaultOutcome("every silo drained", []);
        foreach (var seat in rig.Seats)
        {
            var end = seat.Ended;
            await Drain(rig, seat, cancel);
            var slow = await SlowestUntil(end, rig, cancel);
            slowest = slow > slowest ? slow : slowest;
            var code = end.IsCompleted ? await end : -1;
            if (code != 0)
            {
                outcome = outcome.And($"{seat.Name} ended with {code}, not 0", isViolation: true);
            }

            await rig.AllReady(cancel);
        }

        refused = rig.Ledger.Refused.Since(refused);
        return outcome
            .And($"slowest number {slowest.TotalSeconds:0.0} s (bar {Bar.TotalSeconds:0} s)", slowest > Bar)
            .And($"webhooks refused {refused}", refused.Count > 0);
    }

    // Asks all numbers again and again while the silo leaves, and once more without it.
    private static async Task<TimeSpan> SlowestUntil(Task end, Rig rig, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        var slowest = TimeSpan.Zero;
        bool isGone;
        do
        {
            await Task.Delay(BetweenProbes, TimeProvider.System, cancel);
            isGone = end.IsCompleted || TimeProvider.System.GetElapsedTime(began) > Patience;
            var served = await rig.Probe.UntilAllServe(Patience, cancel) ?? Patience;
            slowest = served > slowest ? served : slowest;
        }
        while (!isGone);
        return slowest;
    }

    private static async Task Drain(Rig rig, SiloSeat seat, CancellationToken cancel)
    {
        using var order = new HttpRequestMessage(HttpMethod.Post, new Uri(seat.Url, "/admin/cluster/drain"));
        order.Headers.Authorization = new AuthenticationHeaderValue("Bearer", rig.OperatorKey);
        using var answer = await rig.Http.SendAsync(order, cancel);
        answer.EnsureSuccessStatusCode();
    }
}
