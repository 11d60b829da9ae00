using System.Diagnostics;
using WaGrains.Load.Arrivals;
using WaGrains.Load.Measures;
using WaGrains.Load.Report;

namespace WaGrains.Load.Pacing;

/// <summary>How late this machine wakes a thread of this process that asks for nothing else, and how late the runtime's
/// timers are here: what no wheel can do better than. Runs until disposed.</summary>
internal sealed class MachineLateness : IAsyncDisposable
{
    private static readonly long Every = Stopwatch.Frequency / 100;
    private static readonly TimeSpan TimerEvery = TimeSpan.FromMilliseconds(25);
    private readonly Series _late = new();
    private readonly Series _timersLate = new();
    private readonly Thread _thread;
    private Task _timers = Task.CompletedTask;
    private volatile bool _isOver;

    private MachineLateness() => _thread = new Thread(Run) { IsBackground = true };

    /// <summary>Begins to measure.</summary>
    public static MachineLateness Watch()
    {
        var watch = new MachineLateness();
        watch._thread.Start();
        watch._timers = watch.RunTimers();
        return watch;
    }

    /// <summary>What it has found.</summary>
    public IEnumerable<Figure> Figures()
    {
        var (late, timers) = (_late.Read(), _timersLate.Read());
        yield return Figure.One("machine_wakes_late_p50_ms", late?.P50 ?? 0);
        yield return Figure.One("machine_wakes_late_p99_ms", late?.P99 ?? 0);
        yield return Figure.One("timers_late_p50_ms", timers?.P50 ?? 0);
        yield return Figure.One("timers_late_p99_ms", timers?.P99 ?? 0);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _timers;
        _thread.Join();
    }

    private async Task RunTimers()
    {
        while (!_isOver)
        {
            var wanted = Stopwatch.GetTimestamp() + (long)(TimerEvery.TotalSeconds * Stopwatch.Frequency);
            await Task.Delay(TimerEvery, TimeProvider.System, CancellationToken.None);
            _timersLate.Record(Stopwatch.GetTimestamp() - wanted);
        }
    }

    private void Run()
    {
        while (!_isOver)
        {
            var wanted = Stopwatch.GetTimestamp() + Every;
            ShortSleep.Until(wanted);
            _late.Record(Stopwatch.GetTimestamp() - wanted);
        }
    }
}
