using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Tests.PhoneNumbers;

/// <summary>The promises of <see cref="Gcra"/>, checked on seeded runs; every failure prints the seed that repeats
/// it.</summary>
public sealed class GcraProperties
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long Minute = TimeSpan.TicksPerMinute;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_sliding_window_holds_more_than_the_rate_whatever_the_lateness(int seed)
    {
        var run = new Run(seed);
        run.Go(changes: 0, run.AnyLateness);

        run.AssertMinutes();
        run.AssertWholeSeconds();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_sliding_window_holds_more_after_restarts(int seed)
    {
        var run = new Run(seed) { Crashing = true };
        run.Go(changes: 30, run.AnyLateness);

        run.AssertMinutes();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_sliding_window_holds_more_than_its_highest_rate_when_rates_change(int seed)
    {
        var run = new Run(seed);
        run.Go(changes: 30, run.AnyLateness);

        run.AssertMinutes();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_sliding_second_holds_more_when_rates_whole_per_second_change(int seed)
    {
        var run = new Run(seed) { WholePerSecond = true };
        run.Go(changes: 200, run.AnyLateness);

        run.AssertWholeSeconds();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Queue_that_is_never_empty_uses_98_percent(int seed)
    {
        var run = new Run(seed);
        run.Go(changes: 0, run.LatenessWithinTheBurst);

        run.AssertUse(slack: 1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Queue_that_is_never_empty_uses_98_percent_when_rates_change(int seed)
    {
        var run = new Run(seed);
        run.Go(changes: 6, run.LatenessWithinTheBurst);

        // A change upwards withholds what the burst grows by, at most 5 starts; one start is under way at each end.
        run.AssertUse(slack: 1 + (6 * 5));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_start_is_nearer_to_the_one_before_than_a_judge_at_the_socket_allows(int seed)
    {
        var random = new Random(seed);
        var rate = random.Next(6, 600);
        var pace = Gcra.Fresh(rate);
        var (left, next) = (default(DateTimeOffset), default(DateTimeOffset));
        for (var i = 0; i < 5_000; i++)
        {
            // The turn is late, then its call is; and now and then nothing has waited for long.
            var rest = random.Next(20) == 0 ? Minute : 0;
            var turn = pace.NextSlot(DateTimeOffset.UnixEpoch.AddDays(1)).AddTicks(rest + Lateness(random));
            turn = turn > left ? turn : left;
            var slot = pace.SlotOf(turn);
            pace = pace.Take(turn);
            left = turn.AddTicks(Lateness(random));
            if (left - slot > pace.Burst)
            {
                pace = pace.StartedAt(left);
            }

            Assert.True(left >= next.AddMilliseconds(i > 0 ? -50 : 0), $"seed={seed} start={i} rate={rate}");
            next = (left > next ? left : next).AddTicks(Minute / rate);
        }
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(4_800)]
    public void Full_minute_of_the_highest_levels_is_used_and_not_exceeded(double perMinute)
    {
        var run = new Run(1) { Rate = perMinute, Starts = (int)perMinute * 2 };
        run.Go(changes: 0, run.LatenessWithinTheBurst);

        run.AssertMinutes();
        run.AssertWholeSeconds();
        run.AssertUse(slack: 1);
    }

    private static long Lateness(Random random) =>
        TimeSpan.TicksPerMillisecond * (random.Next(50) == 0 ? random.Next(3_000) : random.Next(60));

    private sealed class Run(int seed)
    {
        private readonly Random random = new(seed);
        private readonly List<(long At, double Rate)> rates = [];
        private readonly List<long> starts = [];

        public bool WholePerSecond { get; init; }

        public bool Crashing { get; init; }

        public double? Rate { get; init; }

        public int Starts { get; init; } = 30_000;

        public long AnyLateness(Gcra pace) => random.Next(12) switch
        {
            0 => random.NextInt64(Minute * 2),
            1 or 2 => random.NextInt64(pace.Interval.Ticks * 4),
            3 or 4 or 5 => 0,
            _ => random.NextInt64(pace.Burst.Ticks),
        };

        public long LatenessWithinTheBurst(Gcra pace) => random.NextInt64(pace.Burst.Ticks + 1);

        // One number of a cluster: it sends, is slowed and sped up, crashes between attempt and start, and comes back
        // elsewhere.
        public void Go(int changes, Func<Gcra, long> lateness)
        {
            var now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
            var pace = Gcra.Fresh(Change(now));
            var perChange = Starts / (changes + 1);
            for (var i = 0; i < Starts && now.Ticks - rates[0].At < Minute * 400; i++)
            {
                if (changes > 0 && random.Next(perChange) == 0)
                {
                    now = now.AddTicks(random.NextInt64(pace.Interval.Ticks));
                    pace = pace.WithRate(Change(now), now);
                    continue;
                }

                // A wheel wakes late against the slot, not against the wake-up before.
                var wake = pace.NextSlot(DateTimeOffset.UnixEpoch).AddTicks(lateness(pace));
                now = wake > now ? wake : now;
                pace = pace.Take(now);
                if (Crashing && random.Next(100) == 0)
                {
                    // The attempt was committed and never made; the number comes back with what was committed.
                    pace = new Gcra(pace.Due, pace.PerMinute);
                    now = now.AddTicks(random.NextInt64(5 * Second));
                    continue;
                }

                starts.Add(now.Ticks);
            }
        }

        public void AssertMinutes() => AssertWindows(Minute, rate => Math.Max(1, (int)rate));

        public void AssertWholeSeconds() => AssertWindows(
            Second,
            rate => rate >= 600 && rate % 60 == 0 ? (int)rate / 60 : int.MaxValue);

        public void AssertUse(int slack)
        {
            var expected = 0.0;
            for (var i = 0; i < rates.Count; i++)
            {
                var until = i + 1 < rates.Count ? rates[i + 1].At : starts[^1];
                expected += 0.98 * Math.Floor(rates[i].Rate) * (until - rates[i].At) / Minute;
            }

            Assert.True(starts.Count + slack >= expected, $"seed={seed} starts={starts.Count} expected={expected}");
        }

        private void AssertWindows(long window, Func<double, int> limit)
        {
            var (first, changed) = (0, 0);
            for (var last = 0; last < starts.Count; last++)
            {
                while (starts[last] - starts[first] > window)
                {
                    first++;
                }

                while (changed + 1 < rates.Count && rates[changed + 1].At <= starts[first])
                {
                    changed++;
                }

                var allowed = 0;
                for (var i = changed; i < rates.Count && (i == changed || rates[i].At <= starts[last]); i++)
                {
                    allowed = Math.Max(allowed, limit(rates[i].Rate));
                }

                var count = last - first + 1;
                Assert.True(count <= allowed, $"seed={seed} start={last} in window={count} allowed={allowed}");
            }
        }

        private double Change(DateTimeOffset now)
        {
            var rate = Rate ?? (WholePerSecond
                ? 60.0 * random.Next(10, 1001)
                : random.Next(4) switch
                {
                    0 => random.Next(6, 121),
                    1 => 60.0 * random.Next(1, 1001),
                    _ => 6 * Math.Pow(10_000, random.NextDouble()),
                });
            rates.Add((now.Ticks, rate));
            return rate;
        }
    }
}
