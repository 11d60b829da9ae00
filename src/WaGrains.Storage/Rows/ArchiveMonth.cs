using System.Globalization;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;

namespace WaGrains.Storage.Rows;

/// <summary>A month of the archive, UTC, counted from year 0.</summary>
internal readonly record struct ArchiveMonth(int Index) : IComparable<ArchiveMonth>
{
    private const int Years = 12;

    /// <summary>The first instant of it.</summary>
    public DateTimeOffset Start => new(Index / Years, (Index % Years) + 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The month after it.</summary>
    public ArchiveMonth Next => new(Index + 1);

    /// <summary>The month an instant is in.</summary>
    public static ArchiveMonth Of(DateTimeOffset at) => new((at.UtcDateTime.Year * Years) + at.UtcDateTime.Month - 1);

    /// <summary>The month a message was written in; ids say so themselves.</summary>
    public static ArchiveMonth Of(MessageId id) => Of(id.At);

    /// <summary>The name of its table in a class.</summary>
    public string Table(int of) =>
        string.Create(CultureInfo.InvariantCulture, $"message_c{of}_{Index / Years:D4}{(Index % Years) + 1:D2}");

    /// <summary>Whether all of it has been kept as long as its class says.</summary>
    public bool IsOver(Retention kept, DateTimeOffset now) => kept switch
    {
        Retention.Days90 => Next.Start.AddDays(90) <= now,
        Retention.Year1 => Next.Start.AddYears(1) <= now,
        Retention.Year2 => Next.Start.AddYears(2) <= now,
        Retention.Year5 => Next.Start.AddYears(5) <= now,
        Retention.Forever => false,
    };

    public int CompareTo(ArchiveMonth other) => Index.CompareTo(other.Index);
}
