using System.Diagnostics;
using WaGrains.Load.Options;
using WaGrains.Load.Report;

namespace WaGrains.Load.Pacing;

/// <summary>
/// Fast numbers under the policy <c>cloud</c>, at Meta's own limit, then at half of it without a word: the rate carried
/// before and after, how soon refusals end, and whether each message that was taken came once.
/// </summary>
internal static class CloudPace
{
    private const int ThroughputCode = 130429;

    /// <summary>Of the limit, before it falls.</summary>
    private const double UsedMin = 0.97;
    private const double UsedMax = 1.03;

    /// <summary>What is carried of the new limit once converged: probing for more costs the rest.</summary>
    private const double UsedAfterMin = 0.80;

    /// <summary>Calls refused once converged: each probe for more may cost one.</summary>
    private const double RefusedAfterMax = 0.02;

    /// <summary>Recipients of a number for each message a second: each has one every 10 s, the pair limit allows one
    /// every 6 s.</summary>
    private const int RecipientsPerRate = 10;

    private const double Surplus = 1.1;
    private static readonly TimeSpan Convergence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs.</summary>
    /// <returns>Whether all bars are met.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        var limit = options.PerSecond;
        var counts = new CloudCounts(options.Numbers);
        await using var stand = await PaceStand.Start(
            options, [.. Enumerable.Repeat(new NumberTerms(0, limit), options.Numbers)], stop);
        var each = (int)(Surplus * ((limit * (options.Warmup + options.Seconds))
            + (limit / 2.0 * (Convergence.TotalSeconds + options.Seconds))));
        await stand.Fill([.. Enumerable.Repeat(each, options.Numbers)], limit * RecipientsPerRate, stop);
        stand.Sandbox.Answered = counts.Answered;
        await using var machine = MachineLateness.Watch();
        var full = await AtFullLimit(stand, counts, options, stop);
        var less = await AtHalf(stand, counts, options, stop);
        var lost = (long)each * options.Numbers - await Drained(counts, (long)each * options.Numbers, options, stop);
        var report = stand.Sandbox.Report();
        return await Summary.Publish(
            options,
            $"cloud_pace_{(options.Store ?? StoreKind.Postgres).ToString().ToLowerInvariant()}",
            [
                Figure.One("numbers", options.Numbers),
                Figure.One("limit_per_s", limit),
                .. full,
                .. less,
                .. machine.Figures(),
                Figure.One("lost", lost, 0),
                Figure.One("sent_twice", report.RepeatedSends + report.RepeatedContent, 0),
                Figure.One(
                    "refused_for_anything_else",
                    report.MessagesRejectedByCode.Where(code => code.Key != ThroughputCode).Sum(code => code.Value),
                    0),
            ],
            CancellationToken.None);
    }

    private static async Task<List<Figure>> AtFullLimit(
        PaceStand stand, CloudCounts counts, LoadOptions options, CancellationToken stop)
    {
        await stand.Release(stop);
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup), TimeProvider.System, stop);
        var cpu = stand.HostCpuSeconds;
        var from = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), TimeProvider.System, stop);
        var to = Stopwatch.GetTimestamp();
        double[] used = [.. counts.Rates(from, to).Select(rate => rate / options.PerSecond)];
        var (accepted, _) = counts.Between(from, to);
        return
        [
            Figure.One("accepted_per_s", accepted / Stopwatch.GetElapsedTime(from, to).TotalSeconds),
            Figure.One("used_of_limit_least", used[0], UsedMin, isFloor: true),
            Figure.One("used_of_limit_median", used[used.Length / 2]),
            Figure.One("used_of_limit_most", used[^1], UsedMax),
            Figure.One("refused_130429", counts.Between(0, to).Refused, 0),
            Figure.One("host_cpu_us_per_send", (stand.HostCpuSeconds - cpu) * 1e6 / Math.Max(1, accepted)),
        ];
    }

    private static async Task<List<Figure>> AtHalf(
        PaceStand stand, CloudCounts counts, LoadOptions options, CancellationToken stop)
    {
        var half = options.PerSecond / 2;
        var fell = Stopwatch.GetTimestamp();
        for (var i = 0; i < options.Numbers; i++)
        {
            await stand.Sandbox.Slow(i, half, stop);
        }

        await Task.Delay(Convergence, TimeProvider.System, stop);
        var from = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), TimeProvider.System, stop);
        var to = Stopwatch.GetTimestamp();
        double[] used = [.. counts.Rates(from, to).Select(rate => rate / half)];
        var (accepted, refused) = counts.Between(from, to);
        return
        [
            Figure.One("limit_per_s_then", half),
            Figure.One("refused_within_10_s", counts.Between(fell, from).Refused),
            Figure.One("last_second_with_many_refusals_s", LastBadSecond(counts, fell, to), Convergence.TotalSeconds),
            Figure.One(
                "refused_share_after_10_s", refused / (double)Math.Max(1, accepted + refused), RefusedAfterMax),
            Figure.One("used_of_new_limit_least", used[0]),
            Figure.One("used_of_new_limit_median", used[used.Length / 2], UsedAfterMin, isFloor: true),
            Figure.One("used_of_new_limit_most", used[^1], UsedMax),
        ];
    }

    /// <summary>The end of the last second in which more than a tenth of the calls were refused, counted from the
    /// fall.</summary>
    private static int LastBadSecond(CloudCounts counts, long fell, long to)
    {
        var last = 0;
        for (var second = 1; fell + (second * Stopwatch.Frequency) <= to; second++)
        {
            var end = fell + (second * Stopwatch.Frequency);
            var (accepted, refused) = counts.Between(end - Stopwatch.Frequency, end);
            last = refused * 10 > accepted + refused ? second : last;
        }

        return last;
    }

    // All of it, or what there is when the patience ends.
    private static async Task<long> Drained(
        CloudCounts counts, long all, LoadOptions options, CancellationToken stop)
    {
        var deadline = Stopwatch.GetTimestamp() + (options.Drain * Stopwatch.Frequency);
        while (counts.Accepted < all && Stopwatch.GetTimestamp() < deadline)
        {
            await Task.Delay(Look, TimeProvider.System, stop);
        }

        return counts.Accepted;
    }
}
