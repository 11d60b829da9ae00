using System.Text.Json.Nodes;
using WaGrains.LocalCluster.Faults;

namespace WaGrains.LocalCluster.Judging;

/// <summary>How much of what is offered the cluster carries, and at what cost.</summary>
internal sealed class LoadGauge(Rig rig, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // A second's chance moves a rate of hundreds by this much.
    private const double Slack = 0.15;

    /// <summary>Waits until the cluster keeps up and works off no backlog; the time that took, null where it took too
    /// long.</summary>
    public async Task<TimeSpan?> UntilCarried(CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var before = await rig.Sandbox.Counts(cancel);
        while (clock.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Look, clock, cancel);
            var after = await rig.Sandbox.Counts(cancel);
            if (IsCarried(before, after))
            {
                return clock.GetElapsedTime(began);
            }

            before = after;
        }

        return null;
    }

    /// <summary>Measures for a while.</summary>
    public async Task<FaultOutcome> Measure(TimeSpan span, CancellationToken cancel)
    {
        var before = await rig.Sandbox.Counts(cancel);
        var cost = Cost();
        var began = clock.GetTimestamp();
        rig.Ledger.Gaps.Restart();
        await Task.Delay(span, clock, cancel);
        var after = await rig.Sandbox.Counts(cancel);
        var elapsed = clock.GetElapsedTime(began).TotalSeconds;
        var offered = (after.Written - before.Written) / elapsed;
        var carried = (after.Accepted - before.Accepted) / elapsed;
        var spent = Cost().Zip(cost, (now, then) => (now.Who, Time: now.Time - then.Time)).ToList();
        var costs = string.Join(", ", spent.Select(each => $"{each.Who} {PerExchange(each.Time):0.00}"));
        var outcome = new FaultOutcome(
            $"carried {carried:0}/s of {offered:0}/s offered (CPU ms each: {costs})", [])
            .With("offered_per_s", Math.Round(offered, 1))
            .With("carried_per_s", Math.Round(carried, 1))
            .With("gaps_before_s", rig.Ledger.Gaps.Spread());
        return outcome.With("cpu_ms_per_exchange", new JsonObject(
            spent.Select(each => KeyValuePair.Create(each.Who, (JsonNode?)Math.Round(PerExchange(each.Time), 3)))));

        double PerExchange(TimeSpan time) =>
            time.TotalMilliseconds / Math.Max(1, after.Accepted - before.Accepted);
    }

    private bool IsCarried(SandboxCounts before, SandboxCounts after)
    {
        var rate = rig.Traffic.ExchangesPerSecond * Look.TotalSeconds;
        var (offered, carried) = (after.Written - before.Written, after.Accepted - before.Accepted);
        return Math.Abs(offered - carried) <= Slack * rate && after.Pending <= rate;
    }

    private List<(string Who, TimeSpan Time)> Cost()
    {
        var silos = rig.Seats.Aggregate(TimeSpan.Zero, (sum, seat) => sum + ProcessorTime.Of(seat.Pid));
        var (sandbox, proxy) = (ProcessorTime.Of(rig.SandboxPid), ProcessorTime.Of(Environment.ProcessId));
        return
        [
            ("silos", silos),
            ("sandbox", sandbox),
            ("proxy", proxy),
            ("database_and_others", ProcessorTime.OfMachine() - silos - sandbox - proxy),
        ];
    }
}
