namespace WaGrains.LocalCluster.Judging;

/// <summary>For each number the longest time between two webhooks of it that were answered 200.</summary>
internal sealed class NumberGaps(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, (long Last, TimeSpan Longest)> _numbers = [];

    /// <summary>A webhook about these numbers has been answered 200.</summary>
    public void Served(IReadOnlyList<ulong> numbers)
    {
        var now = clock.GetTimestamp();
        lock (_gate)
        {
            foreach (var number in numbers)
            {
                var (last, longest) = _numbers.GetValueOrDefault(number, (now, TimeSpan.Zero));
                var gap = clock.GetElapsedTime(last, now);
                _numbers[number] = (now, gap > longest ? gap : longest);
            }
        }
    }

    /// <summary>Forgets the gaps so far; what is measured begins now.</summary>
    public void Restart()
    {
        var now = clock.GetTimestamp();
        lock (_gate)
        {
            foreach (var number in _numbers.Keys.ToList())
            {
                _numbers[number] = (now, TimeSpan.Zero);
            }
        }
    }

    /// <summary>The gaps since <see cref="Restart"/>, one of each number; a wait that has not ended counts as long as
    /// it has lasted.</summary>
    public GapSpread Spread()
    {
        var now = clock.GetTimestamp();
        lock (_gate)
        {
            return new GapSpread(
            [
                .. _numbers.Values
                    .Select(number => (Open: clock.GetElapsedTime(number.Last, now), number.Longest))
                    .Select(gap => gap.Open > gap.Longest ? gap.Open : gap.Longest)
                    .Order(),
            ]);
        }
    }
}

/// <summary>How gaps spread over the numbers.</summary>
/// <param name="Sorted">One of each number, the shortest first.</param>
internal sealed record GapSpread(IReadOnlyList<TimeSpan> Sorted)
{
    /// <summary>The gap that this share of the numbers does not exceed; zero where there are no numbers.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public TimeSpan At(double share) => Sorted.Count == 0
        ? TimeSpan.Zero
        : Sorted[Math.Clamp((int)Math.Ceiling(share * Sorted.Count) - 1, 0, Sorted.Count - 1)];

    /// <inheritdoc/>
    public override string ToString() =>
        $"p50 {At(0.5).TotalSeconds:0.00}, p90 {At(0.9).TotalSeconds:0.00}, p99 {At(0.99).TotalSeconds:0.00}, "
        + $"max {At(1).TotalSeconds:0.00} s over {Sorted.Count} numbers";
}
