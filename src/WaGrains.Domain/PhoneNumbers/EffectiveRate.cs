namespace WaGrains.Domain.PhoneNumbers;

/// <summary>The rate a number sends at, and why not faster.</summary>
/// <param name="Binding">The smallest term.</param>
/// <param name="Terms">All terms, the smallest first.</param>
public sealed record EffectiveRate(PaceTerm Binding, IReadOnlyList<PaceTerm> Terms)
{
    /// <summary>The smallest of the terms; among equals the one whose reason comes first.</summary>
    /// <exception cref="ArgumentException">There is no term: a rate without any limit is a mistake of the
    /// caller.</exception>
    public static EffectiveRate Of(params IReadOnlyList<PaceTerm> terms)
    {
        if (terms.Count == 0)
        {
            throw new ArgumentException("A rate needs at least one limit.", nameof(terms));
        }

        PaceTerm[] sorted = [.. terms.OrderBy(term => term.PerMinute).ThenBy(term => term.Reason)];
        return new EffectiveRate(sorted[0], sorted);
    }

    /// <summary>When a queue of this depth will be empty at a number's pace; the end of time where that is too
    /// far.</summary>
    /// <param name="depth">Messages waiting, 0 or more.</param>
    /// <param name="pace">The number's slots.</param>
    /// <param name="now">The present.</param>
    public static DateTimeOffset EmptyAt(int depth, Gcra pace, DateTimeOffset now)
    {
        var first = pace.NextSlot(now);
        var ticks = (Int128)(depth - 1) * pace.Interval.Ticks;
        return depth == 0 ? now
            : ticks > (DateTimeOffset.MaxValue - first).Ticks ? DateTimeOffset.MaxValue
            : first.AddTicks((long)ticks);
    }
}
