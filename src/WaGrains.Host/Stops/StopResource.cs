using WaGrains.Domain.Errors;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;

namespace WaGrains.Host.Stops;

/// <summary>Something that Meta takes from no number of an account.</summary>
/// <param name="Id">Names it; the same thing stopped again has the same id.</param>
/// <param name="Scope">What is stopped: a template, a kind of messages, or everything.</param>
/// <param name="AccountId">Meta's id of the account.</param>
/// <param name="Template">The template's name; null for other scopes.</param>
/// <param name="Language">The template's language; null for all, and for other scopes.</param>
/// <param name="Code">Meta's error code; 0 where a webhook told.</param>
/// <param name="Reason">Why, a snake_case word; messages that end for it show it.</param>
/// <param name="Messages">What becomes of messages that meet it: fails, or waits, while their deadlines run.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it ends by itself; null where no time ends it.</param>
/// <param name="LiftedBy">What lifts it besides a person's word.</param>
internal sealed record StopResource(
    string Id,
    StopScope Scope,
    string AccountId,
    string? Template,
    string? Language,
    int Code,
    string Reason,
    MessageFate Messages,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    PaceLift LiftedBy)
{
    public static StopResource Of(SendStop stop) => new(
        stop.Id, stop.Scope, stop.Account, stop.Template, stop.Language, stop.Code, stop.Reason, stop.Fate, stop.Since,
        stop.Until, stop.Lift);
}
