using WaGrains.Domain.Bots;
using WaGrains.Domain.Filtering;

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
    }

    /// <summary>The configuration as the tenant wrote it.</summary>
    public TenantConfiguration Configuration { get; }

    /// <summary>Its version.</summary>
    public long Version { get; }

    /// <summary>What the bot answers.</summary>
    public KeywordMatcher Keywords { get; }

    /// <summary>The id of the rule that forbids this text; null if none does.</summary>
    public string? Forbids(string text) => _filter.Check(text)?.RuleId;

    /// <summary>Whether this is a request to be left alone.</summary>
    public bool IsOptOut(string text) => _optOut.IsRequest(text);

    /// <summary>Whether somebody is there; always, where no hours are set.</summary>
    public bool IsOpen(DateTimeOffset now) => _hours?.IsOpen(now) ?? true;

    /// <summary>Whether a contact who writes now should be told that nobody is there: once in each closed
    /// period.</summary>
    public bool OwesOffHoursReply(DateTimeOffset? lastTold, DateTimeOffset now) =>
        _hours?.ShouldTellClosed(now, lastTold) ?? false;
}
