using WaGrains.Domain.Bots;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;

namespace WaGrains.Domain.Tenants;

/// <summary>A tenant's configuration, compiled: what decisions ask. Immutable; a new version makes a new one.</summary>
public sealed class TenantRules
{
    private readonly ContentFilter _filter;
    private readonly OptOut _optOut;
    private readonly BusinessHours? _hours;

    /// <summary>Compiles a configuration.</summary>
    /// <exception cref="ArgumentException">A rule or the opening plan is not valid; says which.</exception>
    public TenantRules(TenantConfiguration configuration, long version)
    {
        Configuration = configuration;
        Version = version;
        Keywords = new KeywordMatcher(configuration.Keywords);
        _filter = new ContentFilter(configuration.Forbidden);
        _optOut = OptOut.With(configuration.OptOutWords);
        _hours = configuration.BusinessHours is { } plan ? new BusinessHours(plan) : null;
        Zone = configuration.BusinessHours is { } hours ? TimeZoneInfo.FindSystemTimeZoneById(hours.Zone) : null;
    }

    /// <summary>The configuration as the tenant wrote it.</summary>
    public TenantConfiguration Configuration { get; }

    /// <summary>Its version.</summary>
    public long Version { get; }

    /// <summary>What Meta takes from none of an account's numbers.</summary>
    public StopBook Stops { get; init; } = StopBook.None;

    /// <summary>What the bot answers.</summary>
    public KeywordMatcher Keywords { get; }

    /// <summary>The id of the rule that forbids this text; null if none does.</summary>
    public string? Forbids(string text) => _filter.Check(text)?.RuleId;

    /// <summary>How its numbers are paced.</summary>
    public PacingRules Pacing => Configuration.Pacing ?? PacingRules.Default;

    /// <summary>What a contact is told whose word is honoured.</summary>
    public ConsentReplies ConsentReplies => Configuration.ConsentReplies ?? ConsentReplies.Default;

    /// <summary>Where the tenant's clock is; null where it has told no zone.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>Whether this asks to be left alone or to be written to again; null where it does neither.</summary>
    public ConsentRequest? Consent(string text) => _optOut.Read(text);

    /// <summary>Whether somebody is there; always, where no hours are set.</summary>
    public bool IsOpen(DateTimeOffset now) => _hours?.IsOpen(now) ?? true;

    /// <summary>Whether a contact who writes now should be told that nobody is there: once in each closed
    /// period.</summary>
    public bool OwesOffHoursReply(DateTimeOffset? lastTold, DateTimeOffset now) =>
        _hours?.ShouldTellClosed(now, lastTold) ?? false;
}
