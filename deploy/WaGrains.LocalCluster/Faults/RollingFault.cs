using WaGrains.LocalCluster.Judging;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>Every silo in turn is drained by its operator and comes back: a planned stop refuses no webhook.</summary>
internal sealed class RollingFault : IFault
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(250);

    /// <summary>As <c>minReadySeconds</c> of the StatefulSet: no silo goes before the one before has served so long.
    /// </summary>
    private static readonly TimeSpan Serves = TimeSpan.FromSeconds(30);

    public string Name => "rolling";

    public async Task<FaultOutcome> Strike(Rig rig, SiloSeat victim, CancellationToken cancel)
    {
        // Seldom messages leave gaps of their own, and paced numbers have no room for calls.
        if (!rig.Traffic.IsSteady)
        {
            return await Restart(rig, TimeSpan.Zero, cancel);
        }

        await Task.Delay(Serves, TimeProvider.System, cancel);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var caller = new RetryingCaller(rig.ProxyUrl, await rig.OwnerKey(cancel), rig.Http);
        var calls = caller.Call(over.Token);
        rig.Ledger.Gaps.Restart();
        var outcome = await Restart(rig, Serves, cancel);
        var gaps = rig.Ledger.Gaps.Spread();
        outcome = outcome.And($"gaps per number {gaps}", gaps.At(1) > Bar).With("gaps_s", gaps);
        await over.CancelAsync();
        return Told(outcome, await calls);
    }

    private static async Task<FaultOutcome> Restart(Rig rig, TimeSpan serves, CancellationToken cancel)
    {
        var refused = rig.Ledger.Refused;
        var slowest = TimeSpan.Zero;
        var laps = new Laps(rig.Ledger.Gaps);
        var outcome = new FaultOutcome("every silo drained", []);
        foreach (var seat in rig.Seats)
        {
            var end = seat.Ended;
            await rig.AsOperator(HttpMethod.Post, new Uri(seat.Url, "/admin/cluster/drain"), cancel);
            var slow = await SlowestUntil(end, rig, cancel);
            slowest = slow > slowest ? slow : slowest;
            var code = end.IsCompleted ? await end : -1;
            if (code != 0)
            {
                outcome = outcome.And($"{seat.Name} ended with {code}, not 0", isViolation: true);
            }

            laps.Left();
            await rig.AllReady(cancel);

            // As in an upgrade: the next goes when the one before carries its share.
            await new ShareWatch(rig, TimeProvider.System).UntilHolds(seat.Name, cancel);
            await new LoadGauge(rig, TimeProvider.System).UntilCarried(cancel);
            await Task.Delay(serves, TimeProvider.System, cancel);
            laps.Came();
        }

        refused = rig.Ledger.Refused.Since(refused);
        return outcome
            .And($"slowest probe {slowest.TotalSeconds:0.0} s (bar {Bar.TotalSeconds:0} s)", slowest > Bar)
            .And($"webhooks refused meanwhile {refused}", refused.Count > 0)
            .And($"longest wait while a silo leaves {laps.Leaving}, comes {laps.Coming}", isViolation: false)
            .With("slowest_probe_s", Math.Round(slowest.TotalSeconds, 3))
            .With("webhooks_refused_while_draining", refused.Count);
    }

    private static FaultOutcome Told(FaultOutcome outcome, CallCounts calls) => outcome
        .And($"{calls}", calls.Failed > 0)
        .With("api_calls", calls.All)
        .With("api_calls_repeated", calls.Repeated)
        .With("api_calls_failed", calls.Failed)
        .With("api_slowest_s", Math.Round(calls.Slowest.TotalSeconds, 3));

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

    /// <summary>The longest gaps of the whole, by what went on.</summary>
    private sealed class Laps(NumberGaps gaps)
    {
        private readonly List<TimeSpan> _leaving = [];
        private readonly List<TimeSpan> _coming = [];

        public string Leaving => Told(_leaving);

        public string Coming => Told(_coming);

        public void Left() => _leaving.Add(gaps.Lap().At(1));

        public void Came() => _coming.Add(gaps.Lap().At(1));

        private static string Told(List<TimeSpan> waits) =>
            string.Join('/', waits.Select(wait => $"{wait.TotalSeconds:0.0}")) + " s";
    }
}
