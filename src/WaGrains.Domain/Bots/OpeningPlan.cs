namespace WaGrains.Domain.Bots;

/// <summary>When a tenant or team is there, as it is written in the configuration; <see cref="BusinessHours"/> answers
/// questions about it.</summary>
/// <param name="Zone">IANA name of the time zone the hours are meant in, such as America/Sao_Paulo.</param>
/// <param name="Weekly">The usual week; several entries per day, none for a day that is closed.</param>
/// <param name="Holidays">Days that differ from the usual week; at most one entry per date.</param>
public sealed record OpeningPlan(string Zone, IReadOnlyList<WeeklyHours> Weekly, IReadOnlyList<Holiday> Holidays);

/// <summary>Hours of every week.</summary>
/// <param name="Day">The day on which they begin.</param>
/// <param name="Hours">From when to when.</param>
public sealed record WeeklyHours(DayOfWeek Day, OpenHours Hours);

/// <summary>A date with hours of its own.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Hours">
/// What begins on that date instead of the usual hours; empty is closed. What began the evening before goes on to its
/// end.
/// </param>
public sealed record Holiday(DateOnly Date, IReadOnlyList<OpenHours> Hours);

/// <summary>From when to when, by the clock on the wall; wall times that a change of clocks skips are never reached,
/// repeated ones count twice.</summary>
/// <param name="Opens">The first open moment.</param>
/// <param name="Closes">The first closed one; not later than <paramref name="Opens"/> means on the following day, equal
/// is a whole day.</param>
public sealed record OpenHours(TimeOnly Opens, TimeOnly Closes);
