using System.Text;
using System.Text.Json.Serialization;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;

namespace WaGrains.Domain.Stops;

/// <summary>Something that Meta takes from no number of an account: one template, a kind of message, or all.</summary>
/// <param name="Scope">What is stopped.</param>
/// <param name="Account">Meta's id of the account (WABA); empty for numbers of which it is not known.</param>
/// <param name="Code">Meta's error code; 0 where a webhook told.</param>
/// <param name="Reason">Why, a stable snake_case word; a message that fails for it shows it.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">It ends by itself then; null where no time ends it.</param>
public sealed record SendStop(
    StopScope Scope, string Account, int Code, string Reason, DateTimeOffset Since, DateTimeOffset? Until)
{
    private const int IdLetters = 13;

    /// <summary>The template's name, for <see cref="StopScope.Template"/>.</summary>
    public string? Template { get; init; }

    /// <summary>The template's language, always with an underscore; null: all of them.</summary>
    public string? Language { get; init => field = Normal(value); }

    /// <summary>What becomes of messages that meet it: they fail or wait.</summary>
    public MessageFate Fate { get; init; } = MessageFate.Waits;

    /// <summary>What lifts it.</summary>
    public PaceLift Lift { get; init; } = PaceLift.Meta;

    /// <summary>When somebody lifted it; kept for a week, so that what was said before that does not bring it
    /// back.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Names it in the API: the same thing stopped again has the same id.</summary>
    [JsonIgnore]
    public string Id => Base32.Write("stop_", Hash($"{(int)Scope}\n{Account}\n{Template}\n{Language}"), IdLetters);

    /// <summary>Whether it holds now.</summary>
    public bool HoldsAt(DateTimeOffset now) => LiftedAt is null && !(Until <= now);

    /// <summary>Whether this message of this account is stopped by it.</summary>
    public bool Concerns(string account, MessageContent content) => Account == account && Scope switch
    {
        StopScope.Everything => true,
        StopScope.Templates => content is TemplateContent,
        StopScope.Replies => content is not TemplateContent,
        StopScope.Marketing => Marketing.Is(content),
        StopScope.Utility => content is TemplateContent { Category: TemplateCategory.Utility },
        StopScope.Template => content is TemplateContent template && template.Name == Template
            && (Language is null || Language == Normal(template.Language)),
    };

    /// <summary>The stop that this error of a message asks for; null where it asks for none of this kind.</summary>
    /// <param name="policy">The error's policy.</param>
    /// <param name="account">The account of the number that met it.</param>
    /// <param name="content">The message; null where it is not known any more.</param>
    /// <param name="now">When it was met.</param>
    public static SendStop? Of(ErrorPolicy policy, string account, MessageContent? content, DateTimeOffset now)
    {
        var scope = policy.Stops switch
        {
            ErrorReach.Account => StopScope.Everything,
            ErrorReach.AccountMarketing => StopScope.Marketing,
            ErrorReach.Template when content is TemplateContent => StopScope.Template,
            _ => (StopScope?)null,
        };
        var template = scope == StopScope.Template ? (TemplateContent)content! : null;
        return scope is not { } known ? null : new SendStop(
            known, account, policy.Code, policy.Reason, now, now + policy.For)
        {
            Template = template?.Name,
            Language = template?.Language,
            Fate = policy.Message,
            Lift = policy.Lift,
        };
    }

    private static string? Normal(string? language) => language?.Replace('-', '_');

    /// <summary>FNV-1a, 64 bits (RFC 9923): an id that is the same on every silo.</summary>
    private static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var each in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ each) * 0x100000001B3;
        }

        return hash;
    }
}

/// <summary>What a stop keeps from leaving. The numbers are part of ids.</summary>
public enum StopScope
{
    /// <summary>One template, in one language or all.</summary>
    Template = 0,

    /// <summary>Marketing templates.</summary>
    Marketing = 1,

    /// <summary>Utility templates.</summary>
    Utility = 2,

    /// <summary>All templates: what the business begins.</summary>
    Templates = 3,

    /// <summary>All that is no template: answers to those who wrote.</summary>
    Replies = 4,

    /// <summary>All messages of the account.</summary>
    Everything = 5,
}
