using System.Globalization;
using WaGrains.Load.Exchanges;
using WaGrains.Load.Report;

namespace WaGrains.Load.Runs;

/// <summary>
/// A bounded search for the highest rate that holds: p99 of the acknowledgement under 250 ms (Meta's own median
/// target), nothing left behind, nothing shed or refused, at least 95 % of the rate completed inside the window.
/// Doubles until a rate fails, then halves the gap.
/// </summary>
internal sealed class RateSearch(Bench bench, Population population)
{
    private const double AcknowledgedP99MsMax = 250;
    private const double SustainedShareMin = 0.95;
    private const int StepsMax = 14;
    private const double Resolution = 0.05;

    /// <summary>Searches; every step is published. False when a step doubled or mixed up replies.</summary>
    public async Task<bool> Execute(CancellationToken stop)
    {
        double holds = 0, fails = double.PositiveInfinity;
        var sound = true;
        var rate = bench.Options.Rate;
        for (var step = 0; step < StepsMax && !stop.IsCancellationRequested; step++)
        {
            var run = await new LoadRun(bench, PlanAt(rate)).Execute(stop);
            bench.Publish(run);
            sound &= run.Exchanges is { Unmatched: 0, Doubled: 0 };
            if (run.Stopped)
            {
                break;
            }

            (holds, fails) = Holds(run) ? (rate, fails) : (holds, rate);
            if (holds >= bench.Options.MaxRate || fails - holds < Resolution * fails)
            {
                break;
            }

            rate = double.IsPositiveInfinity(fails) ? Math.Min(rate * 2, bench.Options.MaxRate) : (holds + fails) / 2;
            await bench.Settle(stop);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"highest rate that held: {holds:0.#}/s"));
        return sound;
    }

    private RunPlan PlanAt(double rate) => new(
        "find_max",
        Math.Round(rate, 1),
        TimeSpan.FromSeconds(bench.Options.Warmup),
        TimeSpan.FromSeconds(bench.Options.Seconds),
        population,
        null);

    private static bool Holds(RunRecord run) =>
        run.IsSound && run.Errors.Count == 0 && run.Latency.Acknowledgement is { P99: < AcknowledgedP99MsMax }
        && run.Exchanges.PerSecond >= SustainedShareMin * run.Rate;
}
