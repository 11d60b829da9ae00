namespace WaGrains.Domain.Bulk;

/// <summary>How far a bulk send had come at one moment; counts of recipients, 0 or more.</summary>
/// <param name="At">When it was counted.</param>
/// <param name="Sent">Taken by Meta, whatever followed but a failure.</param>
/// <param name="Delivered">Of those, on the contact's device.</param>
/// <param name="Read">Of those, opened.</param>
/// <param name="Failed">Those it will not reach: refused, dropped, failed, expired, cancelled, or unknown.</param>
public sealed record DrainPoint(DateTimeOffset At, int Sent, int Delivered, int Read, int Failed);

/// <summary>
/// What a bulk send remembers of its way: points that are never more than <see cref="PointsMax"/>, however long it
/// takes, and near enough to each other to be drawn.
/// </summary>
public static class DrainHistory
{
    /// <summary>Points a send remembers at most: a drawing shows no more.</summary>
    public const int PointsMax = 120;

    private const int PointsApart = PointsMax / 2;

    private static readonly TimeSpan GapMin = TimeSpan.FromSeconds(5);

    /// <summary>Counting a million recipients takes a database a second or two: done each 50 s it is a few per
    /// cent of its time.</summary>
    private const double RecipientsPerSecond = 20_000;

    /// <summary>Whether counting now would add something worth its cost.</summary>
    public static bool IsDue(BulkSendState state, DateTimeOffset now)
    {
        if (state.Drain is not [.., var last])
        {
            return now - state.CreatedAt >= GapMin;
        }

        var gap = TimeSpan.FromSeconds(state.Total / RecipientsPerSecond);
        var apart = (last.At - state.CreatedAt) / PointsApart;
        return now - last.At >= Max(Max(GapMin, gap), apart);
    }

    /// <summary>The points with one more; where they get too many every other one goes. One that is not later than the
    /// last changes nothing.</summary>
    public static IReadOnlyList<DrainPoint> With(IReadOnlyList<DrainPoint>? points, DrainPoint point)
    {
        IReadOnlyList<DrainPoint> known = points ?? [];
        if (known is [.., var last] && point.At <= last.At)
        {
            return known;
        }

        return known.Count < PointsMax
            ? [.. known, point]
            : [.. known.Where((_, i) => i % 2 == 1), point];
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
