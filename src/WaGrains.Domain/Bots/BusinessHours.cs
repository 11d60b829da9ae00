namespace WaGrains.Domain.Bots;

/// <summary>Whether someone is there, and when next. Compiled once per configuration; correct over changes of
/// clocks.</summary>
public sealed class BusinessHours
{
    /// <summary>How far ahead an opening is looked for; days. A year and its holidays.</summary>
    public const int DaysAheadMax = 370;

    private readonly TimeZoneInfo zone;
    private readonly ILookup<DayOfWeek, OpenHours> weekly;
    private readonly Dictionary<DateOnly, IReadOnlyList<OpenHours>> holidays = [];

    /// <summary>Compiles a plan, with the time zones of the machine.</summary>
    /// <exception cref="ArgumentException">The zone is unknown, or a date has two entries; says which.</exception>
    public BusinessHours(OpeningPlan plan)
        : this(plan, Find(plan.Zone))
    {
    }

    /// <summary>Compiles a plan in a zone given, whatever name the plan has for it.</summary>
    /// <exception cref="ArgumentException">A date has two entries; says which.</exception>
    public BusinessHours(OpeningPlan plan, TimeZoneInfo zone)
    {
        this.zone = zone;
        weekly = plan.Weekly.ToLookup(entry => entry.Day, entry => entry.Hours);
        foreach (var holiday in plan.Holidays)
        {
            if (!holidays.TryAdd(holiday.Date, holiday.Hours))
            {
                throw new ArgumentException($"Two holidays on {holiday.Date:yyyy-MM-dd}.", nameof(plan));
            }
        }
    }

    /// <summary>Whether it is open at this moment.</summary>
    public bool IsOpen(DateTimeOffset now)
    {
        var wall = TimeZoneInfo.ConvertTime(now, zone);
        var (date, time) = (DateOnly.FromDateTime(wall.DateTime), TimeOnly.FromDateTime(wall.DateTime));
        return BeginningOn(date).Any(hours => hours.Opens <= time && (time < hours.Closes || PassesMidnight(hours)))
            || BeginningOn(date.AddDays(-1)).Any(hours => PassesMidnight(hours) && time < hours.Closes);
    }

    /// <summary>
    /// The moment it opens next, or <paramref name="now"/> where it is open; null if it stays closed for
    /// <see cref="DaysAheadMax"/> days.
    /// </summary>
    public DateTimeOffset? NextOpening(DateTimeOffset now)
    {
        if (IsOpen(now))
        {
            return now;
        }

        var first = LocalDate(now);
        for (var ahead = 0; ahead <= DaysAheadMax; ahead++)
        {
            var openings = MomentsOf(first.AddDays(ahead)).Where(moment => moment > now && IsOpen(moment)).ToArray();
            if (openings.Length > 0)
            {
                return openings.Min();
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a customer who writes now should be told that nobody is there: it is closed, and this conversation was
    /// not told since it closed.
    /// </summary>
    /// <param name="now">When the customer writes.</param>
    /// <param name="lastTold">When the conversation was last told; null if never.</param>
    public bool ShouldTellClosed(DateTimeOffset now, DateTimeOffset? lastTold) =>
        !IsOpen(now) && (lastTold is not { } told || NextOpening(told) <= now);

    private static TimeZoneInfo Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : throw new ArgumentException($"Time zone '{name}' is not known; IANA names are like America/Sao_Paulo.",
            nameof(name));

    private static bool PassesMidnight(OpenHours hours) => hours.Closes <= hours.Opens;

    private DateOnly LocalDate(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    private IEnumerable<OpenHours> BeginningOn(DateOnly date) =>
        holidays.TryGetValue(date, out var hours) ? hours : weekly[date.DayOfWeek];

    // All moments of a local day at which closed may turn into open: each beginning, as often as its wall time occurs,
    // and a change of clocks.
    private IEnumerable<DateTimeOffset> MomentsOf(DateOnly date)
    {
        var midnight = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        var (before, after) = (zone.GetUtcOffset(midnight.AddDays(-1)), zone.GetUtcOffset(midnight.AddDays(2)));
        foreach (var hours in BeginningOn(date))
        {
            var wall = midnight.Add(hours.Opens.ToTimeSpan());
            foreach (var offset in before == after ? [before] : new[] { before, after })
            {
                if (zone.GetUtcOffset(wall - offset) == offset)
                {
                    yield return wall - offset;
                }
            }
        }

        if (before != after)
        {
            var change = Change(midnight.AddDays(-1), midnight.AddDays(2));
            if (LocalDate(change) == date)
            {
                yield return change;
            }
        }
    }

    // Zones change their clocks at most once in three days.
    private DateTimeOffset Change(DateTimeOffset from, DateTimeOffset to)
    {
        var before = zone.GetUtcOffset(from);
        while (to - from > TimeSpan.FromSeconds(1))
        {
            var middle = from + ((to - from) / 2);
            middle = middle.AddTicks(-(middle.Ticks % TimeSpan.TicksPerSecond));
            (from, to) = zone.GetUtcOffset(middle) == before ? (middle, to) : (from, middle);
        }

        return to;
    }
}
