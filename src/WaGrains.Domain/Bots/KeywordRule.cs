using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Bots;

/// <summary>What the bot answers to certain words.</summary>
/// <param name="Id">The tenant's own id of the rule, unique within its configuration.</param>
/// <param name="Keywords">Words or phrases, in any case and with or without accents; one suffices.</param>
/// <param name="Match">How they must stand in the message.</param>
/// <param name="Replies">Texts sent in this order; may be empty when the rule only hands over.</param>
/// <param name="HandOver">The team that takes over after the replies; null to stay with the bot.</param>
/// <param name="Priority">Among rules that match, the highest answers.</param>
/// <param name="State">Whether the rule takes part.</param>
public sealed record KeywordRule(
    string Id,
    IReadOnlyList<string> Keywords,
    MatchKind Match,
    IReadOnlyList<string> Replies,
    TeamId? HandOver,
    int Priority,
    KeywordRuleState State);

/// <summary>How a keyword must stand in a message; where rules tie, the stricter kind, here the lower number,
/// wins.</summary>
public enum MatchKind
{
    /// <summary>The keyword is the whole message, but for punctuation around it.</summary>
    Exact = 1,

    /// <summary>The message begins with the keyword; the last word may go on ("hor" meets "horario").</summary>
    Starts = 2,

    /// <summary>The keyword stands in the message as a word or words of its own.</summary>
    Word = 3,

    /// <summary>The keyword stands anywhere, inside of words too.</summary>
    Contains = 4,
}

/// <summary>Whether a rule takes part in matching.</summary>
public enum KeywordRuleState
{
    /// <summary>It does.</summary>
    Enabled = 1,

    /// <summary>It is kept, and ignored.</summary>
    Disabled = 2,
}

/// <summary>The rule that answers a message.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Keyword">Its keyword that was found, as the tenant wrote it.</param>
public sealed record KeywordHit(KeywordRule Rule, string Keyword);
