namespace WaGrains.Storage.Postgres;

/// <summary>Where a message is: a class, and the table that holds its month.</summary>
/// <param name="Class">The number of its retention class.</param>
/// <param name="Table">The month's own table, or the whole archive where the month has none.</param>
internal sealed record ArchivePart(int Class, string Table)
{
    private const string Whole = "message";

    /// <summary>
    /// The condition that keeps an update within the class. A month's own table holds no other class, and there the
    /// condition must not stand: a fresh month has no statistics, a constant seems to leave one row of it, and the plan
    /// made then reads the whole month for every commit until the table is first analyzed.
    /// </summary>
    public string ClassOf(string alias) => Table == Whole ? $"AND {alias}.class = {Class}" : "";
}
