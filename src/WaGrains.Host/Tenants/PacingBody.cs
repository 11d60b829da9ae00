using WaGrains.Domain.Filtering;
using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Host.Tenants;

/// <summary>How the tenant's numbers are paced; what is left out is as in a new tenant.</summary>
/// <param name="WarmUp">How quality earns rate, over days.</param>
/// <param name="Day">What makes a day good, and what makes it a risk.</param>
/// <param name="Throttling">What Meta's throttling takes, and how it comes back.</param>
/// <param name="QuietHours">When no marketing leaves, by the recipient's clock; never unless given.</param>
/// <param name="FrequencyCap">How much marketing one contact gets of a number at most; no bound unless given.</param>
/// <param name="UnknownAfterSeconds">A send of which nobody has heard is called unknown, or sent again, after so many
/// seconds of flowing webhooks; 30 to 86,400, 600 unless given.</param>
internal sealed record PacingBody(
    WarmUpRules? WarmUp = null,
    DayRules? Day = null,
    ThrottleRules? Throttling = null,
    QuietHours? QuietHours = null,
    FrequencyCap? FrequencyCap = null,
    int? UnknownAfterSeconds = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public PacingRules Rules => new()
    {
        WarmUp = WarmUp ?? PacingRules.Default.WarmUp,
        Day = Day ?? PacingRules.Default.Day,
        Throttling = Throttling ?? PacingRules.Default.Throttling,
        QuietHours = QuietHours,
        FrequencyCap = FrequencyCap,
        UnknownAfterSeconds = UnknownAfterSeconds,
    };

    public static PacingBody Of(PacingRules rules) =>
        new(
            rules.WarmUp, rules.Day, rules.Throttling, rules.QuietHours, rules.FrequencyCap,
            (int)rules.UnknownAfter.TotalSeconds);
}

/// <summary>What a contact is told whose word is honoured; what is left out is as in a new tenant.</summary>
/// <param name="Language">For words said in more than one language, and for the tenant's own; english unless
/// given.</param>
/// <param name="Stopped">To who asked to be left alone; an empty text says nothing.</param>
/// <param name="Started">To who asked to be written to again; an empty text says nothing.</param>
internal sealed record ConsentRepliesBody(
    WordLanguage? Language = null, TextByLanguage? Stopped = null, TextByLanguage? Started = null)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public ConsentReplies Replies => new()
    {
        Language = Language ?? ConsentReplies.Default.Language,
        Stopped = Stopped ?? ConsentReplies.Default.Stopped,
        Started = Started ?? ConsentReplies.Default.Started,
    };

    public static ConsentRepliesBody Of(ConsentReplies replies) =>
        new(replies.Language, replies.Stopped, replies.Started);
}
