using System.Globalization;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Lists;

/// <summary>Which page of a list is asked for, once checked.</summary>
/// <param name="Limit">At most so many items, 1 to 200.</param>
/// <param name="Cursor">What the page before gave; null for the first.</param>
internal sealed record PageRequest(int Limit, string? Cursor)
{
    public const int LimitMax = 200;
    private const int LimitUsual = 50;

    /// <summary>Reads limit and cursor and notes what is wrong with them.</summary>
    /// <param name="limit">As it stands in the query.</param>
    /// <param name="cursor">As it stands in the query.</param>
    /// <param name="isPlace">Whether a cursor is one of this list.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public static PageRequest Read(
        string? limit, string? cursor, Func<string, bool> isPlace, List<FieldMistake> mistakes)
    {
        var count = LimitUsual;
        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                || count is < 1 or > LimitMax))
        {
            mistakes.Add(new FieldMistake("limit", "out_of_range", $"1 to {LimitMax}."));
        }

        if (cursor is not null && !isPlace(cursor))
        {
            mistakes.Add(new FieldMistake("cursor", "invalid", "Must be a next_cursor of this list."));
        }

        return new PageRequest(count, cursor);
    }
}

/// <summary>Limit and cursor in a query.</summary>
/// <param name="Limit">At most so many items, 1 to 200; 50 unless given.</param>
/// <param name="Cursor">The <c>next_cursor</c> of the page before.</param>
internal readonly record struct PageQuery(string? Limit, string? Cursor)
{
    /// <summary>For lists that are read whole.</summary>
    public bool TryRead(out PageRequest page, out IReadOnlyList<FieldMistake> mistakes)
    {
        var found = new List<FieldMistake>();
        page = PageRequest.Read(Limit, Cursor, cursor => Lists.Cursor.ReadKey(cursor) is not null, found);
        mistakes = found;
        return found.Count == 0;
    }
}
