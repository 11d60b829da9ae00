using System.Text.Json.Serialization;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// When one number may start its next send: the generic cell rate algorithm, exact for any fractional rate and without
/// a clock. It aims at 99 % of what a window may hold, and promises, whatever the starts' lateness and however often
/// the rate changes: no closed window of 60 s holds more starts than the whole part of the highest rate in force within
/// it (one, for rates below 1/min); where the rates are whole per second and at least 10/s, no closed second holds more
/// than that either; a queue that is never empty, whose starts come no later than <see cref="Burst"/> after their slot,
/// uses at least 98 % of that whole part.
/// </summary>
/// <remarks>
/// The proof. Count debt in starts: d = (Due - now) / Interval, never below 0. A start adds 1, time drains 1 /
/// Interval, and a start is allowed while d is at most b = Burst / Interval. A change of rate keeps d and adds what b
/// grows by, so it grants no credit. Between the first and the n-th start of a window d - b therefore falls only by
/// draining, and n - 1 is at most (time / Interval, summed over the rates) + (the smallest b met). With N =
/// floor(highest rate) that is at most 0.99 N + 0.005 N, less than N: n is at most N. The last 0.5 % is left for what
/// lies between our clock and the socket. 40 ms are caught up at slow rates and 5 ms at fast ones: less than a judge at
/// the socket can see (50 ms), and a timer is seldom later. A start that comes later than that, or after a rest, is
/// where a new schedule begins: it adds 1 + b, so that the next one is a whole interval away and no start is nearer to
/// the one before than its own lateness brought it.
/// </remarks>
/// <param name="Due">The theoretical arrival time: when the number is back to owing nothing. Committed with each
/// attempt.</param>
/// <param name="PerMinute">
/// Starts per minute, above 0, any fraction. A number that must not send at all is held by its owner; it has no rate.
/// </param>
[method: JsonConstructor]
public readonly record struct Gcra(DateTimeOffset Due, double PerMinute)
{
    private const double Aim = 0.99;
    private const double TicksPerMinute = TimeSpan.TicksPerMinute;

    /// <summary>From here on Meta counts by the second (its page "Throughput" of 2025-11-21),
    /// below we count by the minute.</summary>
    private const double BySecondFrom = 600;

    private readonly Instant _due = Due;

    /// <summary>The theoretical arrival time; see the type.</summary>
    public DateTimeOffset Due
    {
        get => _due.Value;
        init => _due = value;
    }

    /// <summary>Starts per minute; see the type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number above 0.</exception>
    public double PerMinute { get; init => field = Valid(value); } = Valid(PerMinute);

    /// <summary>The spacing of starts at this rate, rounded up to a tick; at most a year.</summary>
    [JsonIgnore]
    public TimeSpan Interval => TimeSpan.FromTicks((long)Math.Min(
        Math.Ceiling(TicksPerMinute / (Aim * (PerMinute >= 1 ? Math.Floor(PerMinute) : PerMinute))),
        TimeSpan.TicksPerDay * 365.0));

    /// <summary>How late a start may come without costing the queue anything: the same time by which later slots may
    /// come early.</summary>
    [JsonIgnore]
    public TimeSpan Burst => TimeSpan.FromMilliseconds(PerMinute >= BySecondFrom ? 5 : 40);

    /// <summary>
    /// How far ahead slots are taken. A fast number's turn takes those of the next moments together, and each call
    /// waits for its own: its pace then hangs neither on how soon a turn is woken nor on how long a commit takes. What
    /// is more urgent and comes meanwhile waits that long at most. A slow number takes each slot when it is due.
    /// </summary>
    [JsonIgnore]
    public TimeSpan Ahead => PerMinute >= BySecondFrom ? TimeSpan.FromMilliseconds(200) : TimeSpan.Zero;

    /// <summary>How long before a slot it is taken at the latest: half of <see cref="Ahead"/>, left for the turn, its
    /// commit and the way to the socket.</summary>
    [JsonIgnore]
    public TimeSpan Lead => Ahead / 2;

    /// <summary>A number that has never sent.</summary>
    public static Gcra Fresh(double perMinute) => new(DateTimeOffset.UnixEpoch, perMinute);

    /// <summary>The earliest instant, not before <paramref name="now"/>, at which the next start is allowed.</summary>
    public DateTimeOffset NextSlot(DateTimeOffset now)
    {
        var slot = Due - Burst;
        return slot > now ? slot : now;
    }

    /// <summary>The slot that a start at <paramref name="start"/> takes: the one scheduled, or the start itself where
    /// that comes after a rest or too late to be caught up.</summary>
    public DateTimeOffset SlotOf(DateTimeOffset start) => start > Due ? start : Due - Burst;

    /// <summary>The state after a start: the next slot is one interval after <see cref="SlotOf"/> it.</summary>
    /// <param name="start">When the start happens; the caller asks <see cref="NextSlot"/> first, an early start is
    /// charged and not refused.</param>
    public Gcra Take(DateTimeOffset start) => From(SlotOf(start));

    /// <summary>
    /// Corrects the last <see cref="Take"/> once it is known that the bytes left later than can be caught up. To be
    /// told before the next one is taken.
    /// </summary>
    public Gcra StartedAt(DateTimeOffset actual) => From(actual) is var later && later.Due > Due ? later : this;

    /// <summary>The state under another rate from <paramref name="now"/> on; what is owed stays owed, what is left of
    /// the wait is scaled.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number above 0.</exception>
    public Gcra WithRate(double perMinute, DateTimeOffset now)
    {
        var changed = this with { PerMinute = perMinute };
        if (perMinute.Equals(PerMinute))
        {
            return this;
        }

        var before = (double)Interval.Ticks;
        var after = (double)changed.Interval.Ticks;
        var debt = Math.Max(0, (Due - now).Ticks / before);
        var grown = Math.Max(0, (changed.Burst.Ticks / after) - (Burst.Ticks / before));
        return changed with { Due = now.AddTicks((long)Math.Ceiling((debt + grown) * after)) };
    }

    /// <summary>The next slot is one interval after this one.</summary>
    private Gcra From(DateTimeOffset slot) => this with { Due = slot + Burst + Interval };

    private static double Valid(double perMinute) => double.IsFinite(perMinute) && perMinute > 0
        ? perMinute
        : throw new ArgumentOutOfRangeException(nameof(perMinute), perMinute, "A rate is a finite number above 0.");
}
