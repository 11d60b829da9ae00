using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Forecasts;

/// <summary>A bulk send that nobody has made yet.</summary>
/// <param name="Recipients">How many get a message, 1 or more.</param>
/// <param name="Lane">Where its messages would wait.</param>
/// <param name="Deadline">What has not left by then does not leave any more.</param>
/// <param name="Rules">How the tenant has its numbers paced.</param>
public sealed record ForecastQuestion(int Recipients, Lane Lane, DateTimeOffset Deadline, PacingRules Rules)
{
    /// <summary>Where the recipients are, for those that quiet hours hold back; empty where none do. Whoever is in none
    /// of them is awake.</summary>
    public IReadOnlyList<ZoneShare> Zones { get; init; } = [];
}

/// <summary>How many recipients go by one clock.</summary>
public readonly record struct ZoneShare(TimeZoneInfo Zone, int Recipients);

/// <summary>A number as it stands now.</summary>
/// <param name="Pace">Its own report.</param>
/// <param name="Beside">What else goes through the same lane, one entry for each source it takes turns with: other bulk
/// sends with what they have yet to hand over, and all single messages together.</param>
public sealed record NumberOutlook(PaceReport Pace, IReadOnlyList<int> Beside)
{
    /// <summary>Messages per minute that keep coming and are served first: answers in conversations, and the like; 0 or
    /// more.</summary>
    public double OtherPerMinute { get; init; }

    /// <summary>What is served first: the messages that wait in more urgent lanes.</summary>
    public int Ahead(Lane lane) => Pace.Queued.Where(pair => pair.Key < lane).Sum(pair => pair.Value);
}
