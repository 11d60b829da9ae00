namespace WaGrains.Storage.Postgres;

/// <summary>Where a message is: a class, and the table that holds its month.</summary>
/// <param name="Class">The number of its retention class.</param>
/// <param name="Table">The month's own table, or the whole archive where the month has none.</param>
internal sealed record ArchivePart(int Class, string Table);
