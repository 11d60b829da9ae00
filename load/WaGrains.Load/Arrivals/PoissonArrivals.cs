using System.Diagnostics;

namespace WaGrains.Load.Arrivals;

/// <summary>
/// Open-loop arrivals: independent, exponentially spaced, drawn from a seed. An arrival's instant is decided by the
/// draw alone, so a slow host or a late wake-up delays the request but not the clock it is judged by.
/// </summary>
/// <param name="perSecond">Mean arrivals per second.</param>
/// <param name="seed">The same seed gives the same spacing.</param>
internal sealed class PoissonArrivals(double perSecond, int seed)
{
    // Chance decides nothing but spacing here; a cryptographic source would not be repeatable.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);

    /// <summary>
    /// Calls <paramref name="arrive"/> with each intended instant (Stopwatch ticks) from <paramref name="start"/> to
    /// <paramref name="end"/>, on the calling thread. Ends early when it answers false or <paramref name="stop"/> is
    /// set.
    /// </summary>
    public void Run(long start, long end, Func<long, bool> arrive, CancellationToken stop)
    {
        var next = start + Gap();
        while (next < end && !stop.IsCancellationRequested)
        {
            var now = Stopwatch.GetTimestamp();
            if (next > now)
            {
                // Long gaps are slept in parts, so that a stop is seen in time.
                ShortSleep.Until(Math.Min(next, now + (Stopwatch.Frequency / 10)));
                continue;
            }

            if (!arrive(next))
            {
                return;
            }

            next += Gap();
        }
    }

    private long Gap() => (long)(-Math.Log(1 - _random.NextDouble()) / perSecond * Stopwatch.Frequency);
#pragma warning restore CA5394
}
