using System.Net.Http.Headers;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>Every silo in turn is drained by its operator and comes back: a planned stop refuses no webhook.</summary>
internal sealed class RollingFault : IFault
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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
            var served = await rig.Probe.UntilAllServe(Patience, cancel);
            slowest = served is { } time && time > slowest ? time : slowest;
            if (served is null)
            {
                outcome = outcome.And($"not all numbers serve while {seat.Name} drains", isViolation: true);
            }

            await Until.True(_ => Task.FromResult(end.IsCompleted), Patience, cancel);
            var code = end.IsCompleted ? await end : -1;
            if (code != 0)
            {
                outcome = outcome.And($"{seat.Name} ended with {code}, not 0", isViolation: true);
            }

            await rig.AllReady(cancel);
        }

        refused = rig.Ledger.Refused - refused;
        return outcome
            .And($"slowest number {slowest.TotalSeconds:0.0} s (bar {Bar.TotalSeconds:0} s)", slowest > Bar)
            .And($"webhooks refused {refused}", refused > 0);
    }

    private static async Task Drain(Rig rig, SiloSeat seat, CancellationToken cancel)
    {
        using var order = new HttpRequestMessage(HttpMethod.Post, new Uri(seat.Url, "/admin/cluster/drain"));
        order.Headers.Authorization = new AuthenticationHeaderValue("Bearer", rig.OperatorKey);
        using var answer = await rig.Http.SendAsync(order, cancel);
        answer.EnsureSuccessStatusCode();
    }
}
