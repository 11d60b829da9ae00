namespace WaGrains.LocalCluster.Judging;

/// <summary>
/// For each number how long it did not serve: the longest wait of a webhook of it from its first delivery until it, or
/// a later one, was answered 200. A number that nobody writes to has no gap.
/// </summary>
internal sealed class NumberGaps(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Number> _numbers = [];

    /// <summary>A webhook about these numbers that came at <paramref name="since"/> has been answered 200.</summary>
    public void Served(IReadOnlyList<ulong> numbers, long since) => Note(numbers, since, (number, wait) =>
    {
        number.Longest = wait > number.Longest ? wait : number.Longest;
        number.LongestOfLap = wait > number.LongestOfLap ? wait : number.LongestOfLap;
        number.Waiting = null;
    });

    /// <summary>A webhook about these numbers that came at <paramref name="since"/> has not been answered
    /// 200.</summary>
    public void Refused(IReadOnlyList<ulong> numbers, long since) =>
        Note(numbers, since, (number, _) => number.Waiting ??= since);

    /// <summary>Forgets the gaps so far; what is measured begins now.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _numbers.Clear();
        }
    }

    /// <summary>The gaps since <see cref="Restart"/>, one of each number; a wait that has not ended counts as long as
    /// it has lasted.</summary>
    public GapSpread Spread()
    {
        lock (_gate)
        {
            return Spread(number => number.Longest);
        }
    }

    /// <summary>The same since the lap before, and begins the next; a wait belongs to the lap it ends in.</summary>
    public GapSpread Lap()
    {
        lock (_gate)
        {
            var lap = Spread(number => number.LongestOfLap);
            foreach (var number in _numbers.Values)
            {
                number.LongestOfLap = TimeSpan.Zero;
            }

            return lap;
        }
    }

    private GapSpread Spread(Func<Number, TimeSpan> longest) => new(
    [
        .. _numbers.Values
            .Select(number => (Open: Since(number.Waiting), Longest: longest(number)))
            .Select(gap => gap.Open > gap.Longest ? gap.Open : gap.Longest)
            .Order(),
    ]);

    private void Note(IReadOnlyList<ulong> numbers, long since, Action<Number, TimeSpan> note)
    {
        lock (_gate)
        {
            foreach (var id in numbers)
            {
                if (!_numbers.TryGetValue(id, out var number))
                {
                    _numbers[id] = number = new Number();
                }

                note(number, Since(number.Waiting is { } first && first < since ? first : since));
            }
        }
    }

    private TimeSpan Since(long? moment) => moment is { } past ? clock.GetElapsedTime(past) : TimeSpan.Zero;

    private sealed class Number
    {
        public long? Waiting { get; set; }

        public TimeSpan Longest { get; set; }

        public TimeSpan LongestOfLap { get; set; }
    }
}

/// <summary>How gaps spread over the numbers.</summary>
/// <param name="Sorted">One of each number, the shortest first.</param>
internal sealed record GapSpread(IReadOnlyList<TimeSpan> Sorted) : Spread(Sorted)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"p50 {At(0.5).TotalSeconds:0.00}, p90 {At(0.9).TotalSeconds:0.00}, p99 {At(0.99).TotalSeconds:0.00}, "
        + $"max {At(1).TotalSeconds:0.00} s over {Sorted.Count} numbers";
}
