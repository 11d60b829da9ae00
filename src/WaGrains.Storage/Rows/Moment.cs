namespace WaGrains.Storage.Rows;

/// <summary>
/// Times in columns: microseconds since year 1 (.NET ticks / 10), the finest that PostgreSQL's timestamps
/// could hold too. Whatever is finer is cut off, in every store alike.
/// </summary>
internal static class Moment
{
    public static long Micros(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMicrosecond;

    public static long? Micros(DateTimeOffset? at) => at is { } known ? Micros(known) : null;

    public static DateTimeOffset At(long micros) => new(micros * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    public static DateTimeOffset? At(long? micros) => micros is { } known ? At(known) : null;

    public static DateTimeOffset Cut(DateTimeOffset at) => At(Micros(at));

    public static DateTimeOffset? Cut(DateTimeOffset? at) => At(Micros(at));
}
