using System.Diagnostics;
using WaGrains.Load.Arrivals;
using WaGrains.Load.Measures;
using WaGrains.Load.Report;

namespace WaGrains.Load.Pacing;

/// <summary>How late this machine wakes a thread of this process that asks for nothing else: what no timer can do
/// better than. Runs until disposed.</summary>
internal sealed class MachineLateness : IDisposable
{
    private static readonly long Every = Stopwatch.Frequency / 100;
    private readonly Series _late = new();
    private readonly Thread _thread;
    private volatile bool _isOver;

    private MachineLateness() => _thread = new Thread(Run) { IsBackground = true };

    /// <summary>Begins to measure.</summary>
    public static MachineLateness Watch()
    {
        var watch = new MachineLateness();
        watch._thread.Start();
        return watch;
    }

    /// <summary>What it has found.</summary>
    public IEnumerable<Figure> Figures()
    {
        var late = _late.Read();
        yield return Figure.One("machine_wakes_late_p50_ms", late?.P50 ?? 0);
        yield return Figure.One("machine_wakes_late_p99_ms", late?.P99 ?? 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
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
