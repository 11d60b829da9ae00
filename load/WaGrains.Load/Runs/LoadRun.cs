using System.Diagnostics;
using WaGrains.Load.Arrivals;
using WaGrains.Load.Exchanges;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.Report;

namespace WaGrains.Load.Runs;

/// <summary>What one run is to do.</summary>
/// <param name="Kind">Word for the results.</param>
/// <param name="Rate">Mean exchanges per second.</param>
/// <param name="Warmup">Unmeasured time before.</param>
/// <param name="Window">Measured time.</param>
/// <param name="Population">Who writes.</param>
/// <param name="ExchangesMax">Arrivals end after so many; null leaves it to the time.</param>
internal sealed record RunPlan(
    string Kind,
    double Rate,
    TimeSpan Warmup,
    TimeSpan Window,
    Population Population,
    int? ExchangesMax);

/// <summary>One run: arrivals at one rate, a bounded drain, the figures.</summary>
internal sealed class LoadRun(Bench bench, RunPlan plan)
{
    /// <summary>Runs to the end. A stop ends the arrivals; what is open is still drained, within its bound.</summary>
    public async Task<RunRecord> Execute(CancellationToken stop)
    {
        var options = bench.Options;
        var ledger = new Ledger(Identity(), plan.Population, Capacity(), options.Mix == Mix.Agents);
        var payloads = new Payloads(plan.Population);
        payloads.PrepareAnswers(bench.Tenant.NumberIds);
        using var connections = new Connections(options, ledger, payloads, bench.Tenant.Key);
        using var end = new CancellationTokenSource();
        bench.Stub.Attach(ledger, connections);
        var carrying = connections.Run(end.Token);

        var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 20);
        var from = start + Ticks(plan.Warmup);
        var to = from + Ticks(plan.Window);
        ledger.Measure(from, to);
        var arriving = Arrive(ledger, connections, start, to, stop);
        await WaitUntil(from, stop);
        var date = TimeProvider.System.GetUtcNow();
        var first = await bench.Snapshot();
        await WaitUntil(to, stop);
        var completed = ledger.CompletedInWindow;
        var last = await bench.Snapshot();
        await arriving;
        ledger.CloseArrivals();
        await ledger.AllDone.WaitAsync(TimeSpan.FromSeconds(options.Drain), TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await end.CancelAsync();
        await carrying;
        return Record(ledger, first, last, completed, date) with { Stopped = stop.IsCancellationRequested };
    }

    // A thread of its own: a late pool thread would make arrivals late.
    private Task Arrive(Ledger ledger, Connections connections, long start, long end, CancellationToken stop) =>
        Task.Factory.StartNew(
            () => new PoissonArrivals(plan.Rate, bench.Options.Seed).Run(
                start,
                plan.ExchangesMax is null ? end : long.MaxValue,
                intended =>
                {
                    if (!ledger.TryStart(intended, out var exchange))
                    {
                        return false;
                    }

                    connections.Enqueue(new Work(WorkKind.Message, exchange, intended));
                    return true;
                },
                stop),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private static async Task WaitUntil(long instant, CancellationToken stop)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), instant);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private RunRecord Record(Ledger ledger, Snapshot first, Snapshot last, long completed, DateTimeOffset date)
    {
        var seconds = Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
        var times = ledger.Latencies;
        return new RunRecord
        {
            Kind = plan.Kind,
            Label = bench.Options.Label,
            Date = date,
            Commit = bench.Commit,
            Machine = bench.Machine,
            CommandLine = bench.Options.CommandLine,
            Seed = bench.Options.Seed,
            Rate = plan.Rate,
            Seconds = Math.Round(seconds, 3),
            Exchanges = new Exchanged(
                ledger.Started,
                ledger.Completed,
                ledger.Started - ledger.Completed,
                ledger.Unmatched,
                ledger.Doubled,
                seconds > 0 ? Math.Round(completed / seconds, 1) : 0),
            Latency = new Times(
                times.Acknowledgement.Read(),
                times.Reply.Read(),
                times.Status.Read(),
                times.Answer.Read(),
                times.Wait.Read()),
            Errors = ledger.Errors.Read(),
            Cost = Cost.Between(first, last, completed),
            Stopped = false,
        };
    }

    // Six standard deviations over the mean: a draw that exceeds it is not met in practice, and would only end the
    // arrivals early.
    private int Capacity()
    {
        var mean = plan.Rate * (plan.Warmup + plan.Window).TotalSeconds;
        return plan.ExchangesMax ?? (int)(mean + (6 * Math.Sqrt(mean)) + 10);
    }

    // Wamids must differ from those of every earlier run against the same host: milliseconds, wrapping after 49 days.
    private static uint Identity() => (uint)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);
}
