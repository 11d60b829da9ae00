using System.Diagnostics;
using WaGrains.Load.Measures;
using WaGrains.Load.Report;

namespace WaGrains.Load.Pacing;

/// <summary>One <see cref="PaceMeter"/> for each number, with rates from 5 to 120 a minute, and what they show
/// together. Safe from any thread.</summary>
internal sealed class PaceBoard
{
    private const int LeastPerMinute = 5;
    private const int MostPerMinute = 120;

    /// <summary>Rates follow each other in steps that share no factor with their count, so that neighbours differ and
    /// each rate is as frequent as any other.</summary>
    private const int Step = 37;

    private readonly PaceMeter[] _meters;
    private readonly Series _lateness = new();
    private readonly long _origin = Stopwatch.GetTimestamp();
    private volatile bool _isMeasuring;
    private long _measured;

    public PaceBoard(int numbers) =>
        _meters = [.. Enumerable.Range(0, numbers).Select(i => new PaceMeter(RateOf(i)))];

    /// <summary>Whether sends count for lateness and use of the rate; windows are judged always.</summary>
    public bool IsMeasuring
    {
        get => _isMeasuring;
        set => _isMeasuring = value;
    }

    /// <summary>All rates together, messages per minute.</summary>
    public long PerMinute => _meters.Sum(meter => (long)meter.PerMinute);

    /// <summary>Sends while it measured.</summary>
    public long Measured => Interlocked.Read(ref _measured);

    /// <summary>The rate of the number with this index, messages per minute, a whole number.</summary>
    public static int RateOf(int number) =>
        LeastPerMinute + (int)((long)number * Step % (MostPerMinute - LeastPerMinute + 1));

    /// <summary>A send of this number, now.</summary>
    public void Sent(int number)
    {
        var meter = _meters[number];
        lock (meter)
        {
            var isMeasured = _isMeasuring;
            if (meter.Sent(Stopwatch.GetElapsedTime(_origin).Ticks, isMeasured) is { } late && isMeasured)
            {
                _lateness.Record((long)(late * (Stopwatch.Frequency / (double)TimeSpan.TicksPerSecond)));
                Interlocked.Increment(ref _measured);
            }
        }
    }

    /// <summary>What all meters show, with the bars of pacing.</summary>
    /// <param name="latenessMsMax">The bar on the 99th percentile of lateness.</param>
    public IEnumerable<Figure> Figures(double latenessMsMax)
    {
        var late = _lateness.Read();
        double[] used = [.. _meters.Select(meter => meter.Used).OfType<double>().Order()];
        var tightest = _meters.Min(meter => meter.Tightest);
        yield return Figure.One("numbers", _meters.Length);
        yield return Figure.One("numbers_that_sent", _meters.Count(meter => meter.Count > 1), _meters.Length, true);
        yield return Figure.One("measured_sends", Measured, 1, isFloor: true);
        yield return Figure.One("sends_over_a_sliding_minute", _meters.Sum(meter => meter.Overs), 0);
        yield return Figure.One(
            "shortest_time_of_one_more_than_a_minute_holds_s",
            tightest == TimeSpan.MaxValue ? 0 : tightest.TotalSeconds);
        yield return Figure.One("used_of_limit_median", used.Length == 0 ? 0 : used[used.Length / 2]);
        yield return Figure.One("used_of_limit_p01", used.Length == 0 ? 0 : used[used.Length / 100]);
        yield return Figure.One("lateness_p50_ms", late?.P50 ?? double.MaxValue);
        yield return Figure.One("lateness_p99_ms", late?.P99 ?? double.MaxValue, latenessMsMax);
        yield return Figure.One("lateness_p999_ms", late?.P999 ?? double.MaxValue);
        yield return Figure.One("lateness_max_ms", late?.Max ?? double.MaxValue);
    }
}
