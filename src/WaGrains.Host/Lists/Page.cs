namespace WaGrains.Host.Lists;

/// <summary>One page of a list.</summary>
/// <param name="Data">The items, in the list's order.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
/// <param name="HasMore">Whether there is a next page.</param>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor, bool HasMore);

/// <summary>Makes pages.</summary>
internal static class Page
{
    /// <summary>A page out of one item more than it may hold, if there is one.</summary>
    public static Page<TShown> Of<T, TShown>(
        IReadOnlyList<T> found, PageRequest request, Func<T, string> cursor, Func<T, TShown> show)
    {
        var more = found.Count > request.Limit;
        var kept = more ? [.. found.Take(request.Limit)] : found;
        return new Page<TShown>([.. kept.Select(show)], more ? cursor(kept[^1]) : null, more);
    }

    /// <summary>A page of a list that is short enough to be read whole.</summary>
    /// <param name="all">The whole list.</param>
    /// <param name="request">Limit and cursor.</param>
    /// <param name="key">What the list is shown in the order of, unique.</param>
    /// <param name="show">The item as the API shows it.</param>
    public static Page<TShown> OfAll<T, TShown>(
        IEnumerable<T> all, PageRequest request, Func<T, string> key, Func<T, TShown> show)
    {
        var after = request.Cursor is { } cursor ? Cursor.ReadKey(cursor) : null;
        var found = all.OrderBy(key, StringComparer.Ordinal)
            .Where(item => after is null || string.CompareOrdinal(key(item), after) > 0)
            .Take(request.Limit + 1)
            .ToList();
        return Of(found, request, item => Cursor.OfKey(key(item)), show);
    }
}
