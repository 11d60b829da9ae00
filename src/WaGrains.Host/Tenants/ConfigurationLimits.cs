using WaGrains.Domain.Bots;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Tenants;

/// <summary>How much a tenant may configure, and everything that is wrong with a configuration.</summary>
internal sealed class ConfigurationLimits
{
    /// <summary>Keyword rules; compiled into one automaton per tenant.</summary>
    public const int KeywordRulesMax = 500;

    /// <summary>Forbidden rules.</summary>
    public const int ForbiddenRulesMax = 500;

    /// <summary>Keywords or phrases of one rule.</summary>
    public const int PhrasesMax = 200;

    /// <summary>Characters of one keyword, phrase or opt-out word.</summary>
    public const int PhraseCharsMax = 200;

    /// <summary>Replies of one rule: more would read like a flood.</summary>
    public const int RepliesMax = 5;

    /// <summary>Characters of one reply: what WhatsApp takes as text.</summary>
    public const int ReplyCharsMax = 4096;

    /// <summary>Characters of a rule's id.</summary>
    public const int IdCharsMax = 64;

    /// <summary>Opt-out words.</summary>
    public const int OptOutWordsMax = 100;

    /// <summary>Entries of the usual week, and of holidays.</summary>
    public const int HoursMax = 400;

    /// <summary>Hours after which an idle conversation is closed, at most: 30 days.</summary>
    public const int CloseIdleHoursMax = 720;

    private readonly List<FieldMistake> _mistakes = [];

    /// <summary>All mistakes; none means that it compiles.</summary>
    public static IReadOnlyList<FieldMistake> Mistakes(TenantConfiguration configuration)
    {
        var limits = new ConfigurationLimits();
        limits.Check(configuration);
        if (limits._mistakes.Count == 0)
        {
            limits.Compile(configuration);
        }

        return limits._mistakes;
    }

    private void Check(TenantConfiguration configuration)
    {
        Count("keywords", configuration.Keywords?.Count, KeywordRulesMax);
        Count("forbidden", configuration.Forbidden?.Count, ForbiddenRulesMax);
        for (var i = 0; i < (configuration.Keywords?.Count ?? 0); i++)
        {
            Check($"keywords[{i}]", configuration.Keywords![i]);
        }

        for (var i = 0; i < (configuration.Forbidden?.Count ?? 0); i++)
        {
            Check($"forbidden[{i}]", configuration.Forbidden![i]);
        }

        Unique("keywords", configuration.Keywords?.Select(rule => rule?.Id));
        Unique("forbidden", configuration.Forbidden?.Select(rule => rule?.Id));
        Phrases("opt_out_words", configuration.OptOutWords, OptOutWordsMax, PhraseCharsMax);
        AddIf(configuration.OffHoursReply?.Length > ReplyCharsMax, "off_hours_reply", "too_long",
            $"At most {ReplyCharsMax}.");
        AddIf(
            configuration.CloseIdleHours is < 1 or > CloseIdleHoursMax,
            "close_idle_hours", "out_of_range", $"1 to {CloseIdleHoursMax}.");
        Check(configuration.BusinessHours);
        _mistakes.AddRange(PacingLimits.Mistakes(configuration.Pacing ?? PacingRules.Default));
        Check("consent_replies.stopped", configuration.ConsentReplies?.Stopped);
        Check("consent_replies.started", configuration.ConsentReplies?.Started);
    }

    private void Check(string path, TextByLanguage? text)
    {
        if (text is not null)
        {
            AddIf(text.En is null || text.Pt is null || text.Es is null, path, "missing", "Needs en, pt and es.");
            AddIf(
                text.En?.Length > ReplyCharsMax || text.Pt?.Length > ReplyCharsMax || text.Es?.Length > ReplyCharsMax,
                path, "too_long", $"At most {ReplyCharsMax}.");
        }
    }

    private void Check(string path, KeywordRule? rule)
    {
        if (rule is null)
        {
            AddIf(true, path, "missing", "Must be a rule.");
            return;
        }

        Id(path, rule.Id);
        Phrases($"{path}.keywords", rule.Keywords, PhrasesMax, PhraseCharsMax);
        AddIf(rule.Keywords is null or { Count: 0 }, $"{path}.keywords", "missing", "At least 1 is needed.");
        Phrases($"{path}.replies", rule.Replies, RepliesMax, ReplyCharsMax);
        AddIf(!Enum.IsDefined(rule.Match), $"{path}.match", "missing", "exact, starts, word or contains.");
        AddIf(!Enum.IsDefined(rule.State), $"{path}.state", "missing", "enabled or disabled.");
    }

    private void Check(string path, ForbiddenRule? rule)
    {
        if (rule is null)
        {
            AddIf(true, path, "missing", "Must be a rule.");
            return;
        }

        Id(path, rule.Id);
        Phrases($"{path}.phrases", rule.Phrases, PhrasesMax, PhraseCharsMax);
        AddIf(rule.Phrases is null or { Count: 0 }, $"{path}.phrases", "missing", "At least 1 is needed.");
        AddIf(!Enum.IsDefined(rule.Reach), $"{path}.reach", "missing", "as_written or through_spacing.");
    }

    private void Check(OpeningPlan? plan)
    {
        if (plan is null)
        {
            return;
        }

        AddIf(string.IsNullOrEmpty(plan.Zone), "business_hours.zone", "missing", "An IANA time zone.");
        Count("business_hours.weekly", plan.Weekly?.Count, HoursMax);
        Count("business_hours.holidays", plan.Holidays?.Count, HoursMax);
        AddIf(
            plan.Weekly?.Any(entry => entry?.Hours is null) == true,
            "business_hours.weekly", "missing", "Each needs day and hours.");
        AddIf(
            plan.Holidays?.Any(entry => entry?.Hours is null || entry.Hours.Any(hours => hours is null)) == true,
            "business_hours.holidays", "missing", "Each needs date and hours.");
    }

    private void Compile(TenantConfiguration configuration)
    {
        try
        {
            _ = new TenantRules(configuration, 0);
        }
        catch (ArgumentException wrong)
        {
            var param = wrong.ParamName is "plan" or "name" or "zone" ? "business_hours" : "";
            var said = wrong.Message.Split(" (Parameter", StringSplitOptions.None)[0];
            _mistakes.Add(new FieldMistake(param, "invalid", said));
        }
    }

    private void Id(string path, string? id) =>
        AddIf(string.IsNullOrWhiteSpace(id)
            || id.Length > IdCharsMax, $"{path}.id", "invalid", $"1 to {IdCharsMax} characters.");

    private void Phrases(string path, IReadOnlyList<string>? phrases, int most, int chars)
    {
        Count(path, phrases?.Count, most);
        for (var i = 0; i < (phrases?.Count ?? 0); i++)
        {
            AddIf(
                string.IsNullOrWhiteSpace(phrases![i]) || phrases[i].Length > chars,
                $"{path}[{i}]", "invalid", $"1 to {chars} characters.");
        }
    }

    private void Count(string path, int? count, int most)
    {
        AddIf(count is null, path, "missing", "Must be an array.");
        AddIf(count > most, path, "too_many", $"At most {most}.");
    }

    private void Unique(string path, IEnumerable<string?>? ids) =>
        AddIf(
            ids?.GroupBy(id => id, StringComparer.Ordinal).Any(group => group.Count() > 1) == true,
            path, "duplicate", "Ids must be unique.");

    private void AddIf(bool wrong, string param, string code, string detail)
    {
        if (wrong)
        {
            _mistakes.Add(new FieldMistake(param, code, detail));
        }
    }
}
