namespace WaGrains.Domain.Filtering;

/// <summary>Words that must not leave.</summary>
/// <param name="Id">The tenant's own id of the rule, unique within its configuration; what refusals and reports
/// show.</param>
/// <param name="Phrases">Words or phrases, in any case and with or without accents; they count as whole words.</param>
/// <param name="Reach">How hard the rule looks.</param>
public sealed record ForbiddenRule(string Id, IReadOnlyList<string> Phrases, FilterReach Reach);

/// <summary>How hard a rule looks.</summary>
public enum FilterReach
{
    /// <summary>The phrase as it is written, but for case, accents, width, and characters that show nothing.</summary>
    AsWritten = 1,

    /// <summary>
    /// Also the phrase with its letters pulled apart: by punctuation anywhere ("p.i.x", "pi-x"), by white space between
    /// single letters ("p i x"); "pi x" stays two words, or innocent neighbours would be caught.
    /// </summary>
    ThroughSpacing = 2,
}

/// <summary>A text was caught. What was written is not repeated here.</summary>
/// <param name="RuleId">The rule; the first in the configuration's order where several catch.</param>
public sealed record FilterHit(string RuleId);
