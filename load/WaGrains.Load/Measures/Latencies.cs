using System.Diagnostics;
using HdrHistogram;

namespace WaGrains.Load.Measures;

/// <summary>The times a run takes.</summary>
internal sealed class Latencies
{
    /// <summary>Webhook with a message: intended instant to HTTP 200.</summary>
    public Series Acknowledgement { get; } = new();

    /// <summary>Intended instant of the message to its reply at the Graph stub.</summary>
    public Series Reply { get; } = new();

    /// <summary>Webhook with a status: instant the stub had answered the send to HTTP 200.</summary>
    public Series Status { get; } = new();

    /// <summary>An agent's answer: instant the webhook was acknowledged to HTTP 202.</summary>
    public Series Answer { get; } = new();

    /// <summary>
    /// Intended instant to the moment a connection took the request: what the generator itself added.
    /// </summary>
    public Series Wait { get; } = new();
}

/// <summary>One distribution of times; microseconds, three significant digits, up to ten minutes.</summary>
internal sealed class Series
{
    private const long MostUs = 600_000_000;
    private readonly HistogramBase _histogram = HistogramFactory.With64BitBucketSize()
        .WithValuesFrom(1).WithValuesUpTo(MostUs).WithPrecisionOf(3).WithThreadSafeWrites().Create();

    /// <summary>Adds one time, Stopwatch ticks; what exceeds ten minutes counts as ten minutes.</summary>
    public void Record(long ticks) =>
        _histogram.RecordValue(Math.Clamp((long)(ticks * (1e6 / Stopwatch.Frequency)), 1, MostUs));

    /// <summary>The figures so far, milliseconds; null when nothing was recorded.</summary>
    public Percentiles? Read() => _histogram.TotalCount == 0
        ? null
        : new Percentiles(_histogram.TotalCount, At(50), At(90), At(99), At(99.9), At(100));

    private double At(double percentile) => Math.Round(_histogram.GetValueAtPercentile(percentile) / 1000.0, 3);
}

/// <summary>A distribution's figures, milliseconds.</summary>
/// <param name="Count">How many.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">Nine of ten.</param>
/// <param name="P99">99 of 100.</param>
/// <param name="P999">999 of 1,000.</param>
/// <param name="Max">The longest.</param>
internal sealed record Percentiles(long Count, double P50, double P90, double P99, double P999, double Max);
