using System.Text.Json.Serialization;
using WaGrains.Domain.Bots;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Routing;

namespace WaGrains.Domain.Tenants;

/// <summary>Everything a tenant may set, as data. Immutable and versioned; <see cref="TenantRules"/> is its compiled
/// form.</summary>
/// <remarks>An absent member means its default: deserialisation sets init members it does not find to null or 0, hence
/// the setters.</remarks>
public sealed record TenantConfiguration
{
    private const int CloseIdleHoursDefault = 24;

    /// <summary>Answers to keywords.</summary>
    public IReadOnlyList<KeywordRule> Keywords { get; init => field = value ?? []; } = [];

    /// <summary>Words that may not leave.</summary>
    public IReadOnlyList<ForbiddenRule> Forbidden { get; init => field = value ?? []; } = [];

    /// <summary>Further words, besides the usual ones, by which a contact asks to be left alone.</summary>
    public IReadOnlyList<string> OptOutWords { get; init => field = value ?? []; } = [];

    /// <summary>When people answer; null means always.</summary>
    public OpeningPlan? BusinessHours { get; init; }

    /// <summary>What is said outside business hours; empty says nothing.</summary>
    public string OffHoursReply { get; init => field = value ?? ""; } = "";

    /// <summary>The team that gets what no rule answers; null leaves it to the bot.</summary>
    public TeamId? DefaultTeam { get; init; }

    /// <summary>A conversation in which nothing happens for so long is closed; hours, 1 to 720. 0 or absent:
    /// 24.</summary>
    public int CloseIdleHours { get; init => field = value == 0 ? CloseIdleHoursDefault : value; } =
        CloseIdleHoursDefault;

    /// <summary>Whether a send whose outcome stays unknown is sent again (MUST W1: only where the tenant says
    /// so).</summary>
    public bool ResendUnknown { get; init; }

    /// <summary>How long messages are kept; absent: a year. A change applies to the messages of the next month on,
    /// UTC.</summary>
    /// <remarks>Not written where it is the default: a program from before it reads such rows too.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Retention Retention { get; init; }

    /// <summary>How numbers are paced; null: <see cref="PacingRules.Default"/>.</summary>
    /// <remarks>Not written where it is the default: a program from before it reads such rows too.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PacingRules? Pacing { get; init => field = value == PacingRules.Default ? null : value; }

    /// <summary>What a contact is told whose opt-out or return is honoured; null:
    /// <see cref="ConsentReplies.Default"/>.</summary>
    /// <remarks>Not written where it is the default: a program from before it reads such rows too.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConsentReplies? ConsentReplies { get; init => field = value == ConsentReplies.Default ? null : value; }
}

/// <summary>How long a message is kept after the month it was written in. The numbers are stored.</summary>
public enum Retention
{
    /// <summary>A year.</summary>
    Year1 = 0,

    /// <summary>Ninety days.</summary>
    Days90 = 1,

    /// <summary>Two years.</summary>
    Year2 = 2,

    /// <summary>Five years.</summary>
    Year5 = 3,

    /// <summary>Until somebody deletes it by hand.</summary>
    Forever = 4,
}
