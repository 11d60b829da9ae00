using System.Runtime.CompilerServices;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>The rate a number sends at, and why not faster. A value: each turn of a number asks for it several
/// times.</summary>
public readonly struct EffectiveRate
{
    private readonly Limits _limits;
    private readonly int _count;

    private EffectiveRate(ReadOnlySpan<PaceTerm> terms)
    {
        terms.CopyTo(_limits);
        _count = terms.Length;
    }

    /// <summary>The smallest of the terms; among equals the one whose reason comes first.</summary>
    public PaceTerm Binding
    {
        get
        {
            var binding = _limits[0];
            for (var i = 1; i < _count; i++)
            {
                binding = Compare(_limits[i], binding) < 0 ? _limits[i] : binding;
            }

            return binding;
        }
    }

    /// <summary>All terms, the smallest first.</summary>
    public IReadOnlyList<PaceTerm> Terms
    {
        get
        {
            PaceTerm[] terms = [.. _limits[.._count]];
            Array.Sort(terms, Compare);
            return terms;
        }
    }

    /// <summary>The rate under all of these, which may be one to four.</summary>
    /// <exception cref="ArgumentException">There is no term: a rate without any limit is a mistake of the
    /// caller.</exception>
    public static EffectiveRate Of(params ReadOnlySpan<PaceTerm> terms) => terms.Length > 0
        ? new EffectiveRate(terms)
        : throw new ArgumentException("A rate needs at least one limit.", nameof(terms));

    private static int Compare(PaceTerm a, PaceTerm b) =>
        a.PerMinute.CompareTo(b.PerMinute) is var order and not 0 ? order : (int)a.Reason - (int)b.Reason;

    [InlineArray(4)]
    private struct Limits
    {
        private PaceTerm _first;
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
