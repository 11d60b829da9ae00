using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;

namespace WaGrains.Storage.Rows;

/// <summary>How long the recipients of bulk sends are kept, and the sends with them.</summary>
internal static class BulkKeeping
{
    /// <summary>Storing a list takes minutes. One without a send so long after it was begun was left behind by a
    /// crash.</summary>
    private static readonly TimeSpan UnmadeKept = TimeSpan.FromDays(1);

    /// <summary>Below this id a list without a send will not get one any more.</summary>
    public static ulong UnmadeBefore(DateTimeOffset now) => BulkSendId.First(now - UnmadeKept).Value;

    /// <summary>Whether a send is past its keeping: as with messages, its month goes as a whole, by the class that its
    /// tenant had in it.</summary>
    /// <param name="endedAt">When it ended.</param>
    /// <param name="classes">The tenant's classes with the months they hold from, by month; empty for the
    /// usual.</param>
    /// <param name="now">The present.</param>
    public static bool IsOver(
        DateTimeOffset endedAt, IEnumerable<(int Since, Retention Class)> classes, DateTimeOffset now)
    {
        var month = ArchiveMonth.Of(endedAt);
        var kept = classes.Where(step => step.Since <= month.Index)
            .Select(step => step.Class)
            .DefaultIfEmpty(Retention.Year1)
            .Last();
        return month.IsOver(kept, now);
    }
}
