using System.Globalization;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Errors;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Intake;

namespace WaGrains.Host.Webhooks;

/// <summary>
/// What Meta's words on templates and accounts stop, and what they let go (Meta, message_template_status_update,
/// updated 2026-04-13; account_update, updated 2026-04-20; "Pausing", updated 2025-10-22). Other words stop nothing;
/// each item is kept raw besides.
/// </summary>
internal static class Standings
{
    private const int RestrictionsMax = 20;

    private const string QualityRed = "template_quality_red";
    private const string Paused = "template_paused";

    private static readonly TimeSpan FirstPause = TimeSpan.FromHours(3);
    private static readonly TimeSpan SecondPause = TimeSpan.FromHours(6);

    /// <summary>What the tenant is to be told; nothing for most items.</summary>
    public static IEnumerable<StandingArrival> Of(WebhookItem item, DateTimeOffset received) => item switch
    {
        TemplateItem { Field: "message_template_status_update", Name: not null } template =>
            Status(template, template.At ?? received),
        TemplateItem { Field: "message_template_quality_update", Name: not null } template =>
            Quality(template, template.At ?? received),
        AccountItem { Field: "account_update" } account => Account(account, account.At ?? received),
        _ => [],
    };

    private static IEnumerable<StandingArrival> Status(TemplateItem item, DateTimeOffset at)
    {
        var word = item.Current?.ToLowerInvariant();
        return item.Current switch
        {
            "APPROVED" or "REINSTATED" or "UNARCHIVED" =>
                [new StandingArrival(new EndStop(StopScope.Template, item.WabaId, item.Name, item.Language, null))],
            "PAUSED" => [Pause(item, at)],
            "DISABLED" => [Stop(
                Template(item, at, "template_disabled", null) with { Fate = MessageFate.Fails }, AlertSeverity.Critical,
                "Meta has disabled the template for its quality. Its messages fail until Meta reinstates it.")],
            "REJECTED" or "DELETED" or "PENDING_DELETION" or "ARCHIVED" or "LOCKED" => [Stop(
                Template(item, at, $"template_{word}", null) with { Fate = MessageFate.Fails }, AlertSeverity.Warning,
                "The template cannot be sent any more. Its messages fail until Meta approves it.")],
            _ => [],
        };
    }

    /// <summary>A pause by pacing is not undone by time: the template must be unpaused by hand.</summary>
    private static StandingArrival Pause(TemplateItem item, DateTimeOffset at) => item.Reason switch
    {
        "RATE_LIMITING_PAUSE" => Stop(
            Template(item, at, "template_pacing_paused", null), AlertSeverity.Critical,
            "Meta has paused the template while pacing it. Its messages wait until somebody unpauses it at Meta."),
        "SECOND_PAUSE" => Stop(
            Template(item, at, Paused, at + SecondPause), AlertSeverity.Warning,
            "Meta has paused the template a second time; the third disables it. Its messages wait six hours at most."),
        _ => Stop(
            Template(item, at, Paused, at + FirstPause), AlertSeverity.Warning,
            "Meta has paused the template for its quality. Its messages wait, three hours at most."),
    };

    private static IEnumerable<StandingArrival> Quality(TemplateItem item, DateTimeOffset at) => item.Current switch
    {
        "RED" => [Stop(
            Template(item, at, QualityRed, at + FirstPause), AlertSeverity.Warning,
            "The template's quality is red, and Meta pauses such. Its messages wait, three hours at most.")],
        "GREEN" or "YELLOW" => [new StandingArrival(
            new EndStop(StopScope.Template, item.WabaId, item.Name, item.Language, QualityRed))],
        _ => [],
    };

    private static IEnumerable<StandingArrival> Account(AccountItem item, DateTimeOffset at) => item.Event switch
    {
        "DISABLED_UPDATE" when Value(item, "ban_info.waba_ban_state") is "REINSTATE" => [End(item)],
        "DISABLED_UPDATE" when Value(item, "ban_info.waba_ban_state") is "DISABLE" => [Everything(item, at)],
        "ACCOUNT_DELETED" or "ACCOUNT_OFFBOARDED" => [Everything(item, at)],
        "ACCOUNT_RECONNECTED" => [End(item)],
        "ACCOUNT_RESTRICTION" => Restrictions(item, at),
        _ => [],
    };

    private static StandingArrival Everything(AccountItem item, DateTimeOffset at) => Stop(
        new SendStop(StopScope.Everything, item.WabaId, 0, "account_disabled", at, null), AlertSeverity.Critical,
        "Meta has disabled the account. None of its numbers sends until Meta reinstates it.");

    private static StandingArrival End(AccountItem item) =>
        new(new EndStop(StopScope.Everything, item.WabaId, null, null, null));

    private static IEnumerable<StandingArrival> Restrictions(AccountItem item, DateTimeOffset at)
    {
        for (var i = 0; i < RestrictionsMax; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"restriction_info[{i}].");
            if (Value(item, path + "restriction_type") is not { } type)
            {
                yield break;
            }

            if (Scope(type) is { } scope)
            {
                var until = long.TryParse(Value(item, path + "expiration"), CultureInfo.InvariantCulture, out var unix)
                    && unix is > 0 and < 253_402_300_800
                    ? DateTimeOffset.FromUnixTimeSeconds(unix)
                    : (DateTimeOffset?)null;
                yield return Stop(
                    new SendStop(scope, item.WabaId, 0, type.ToLowerInvariant(), at, until), AlertSeverity.Critical,
                    "Meta restricts what the account may send. Such messages wait until the restriction ends.");
            }
        }
    }

    private static StopScope? Scope(string type) => type switch
    {
        "RESTRICTED_BIZ_INITIATED_MESSAGING" => StopScope.Templates,
        "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" => StopScope.Replies,
        "RESTRICTED_UTILITY_TEMPLATES" or "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES" => StopScope.Utility,
        _ => null,
    };

    private static SendStop Template(TemplateItem item, DateTimeOffset at, string reason, DateTimeOffset? until) =>
        new(StopScope.Template, item.WabaId, 0, reason, at, until)
        {
            Template = item.Name,
            Language = item.Language,
            Lift = PaceLift.Meta,
        };

    private static StandingArrival Stop(SendStop stop, AlertSeverity severity, string text) =>
        new(new RaiseStop(stop, new ErrorAlert(severity, text)));

    private static string? Value(AccountItem item, string path) => item.Values.GetValueOrDefault(path);
}
