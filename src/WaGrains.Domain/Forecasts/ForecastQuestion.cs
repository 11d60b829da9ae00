using WaGrains.Domain.Errors;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;

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

    /// <summary>What each gets, for the stops that concern it; null where only stops of whole accounts count.</summary>
    public MessageContent? Content { get; init; }
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

    /// <summary>Until when Meta takes this from no number of the account; the end of time where no time ends that, or
    /// where messages fail meanwhile; null where it takes it.</summary>
    public DateTimeOffset? StoppedUntil(MessageContent? content)
    {
        var ofAccount = Pace.Terms.Where(term => term.Reason == PaceReason.AccountStopped).Select(term => term.Until);
        IReadOnlyList<SendStop> stops = content is null ? [] : Pace.Stops ?? [];
        var ofContent = stops.Where(stop => stop.Concerns(stop.Account, content!))
            .Select(stop => stop.Fate == MessageFate.Fails ? null : stop.Until);
        return ofAccount.Concat(ofContent).Max(end => (DateTimeOffset?)(end ?? DateTimeOffset.MaxValue));
    }
}
