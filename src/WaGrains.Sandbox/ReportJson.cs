using System.Globalization;
using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox;

/// <summary>The report as `GET /sandbox/report` shows it.</summary>
public static class ReportJson
{
    /// <summary>UTF-8 JSON, names in snake_case.</summary>
    public static byte[] Write(SandboxReport report) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("rules_broken", report.RulesBroken);
        json.WriteNumber("messages_accepted", report.MessagesAccepted);
        json.WriteNumber("template_recipients", report.TemplateRecipients);
        json.WriteNumber("never_answered", report.NeverAnswered);
        json.WriteNumber("never_told", report.NeverTold);
        Counts(json, "messages_rejected_by_code", report.MessagesRejectedByCode
            .Select(each => (each.Key.ToString(CultureInfo.InvariantCulture), each.Value)));
        json.WriteNumber("repeated_sends", report.RepeatedSends);
        json.WriteNumber("repeated_content", report.RepeatedContent);
        json.WriteNumber("missing_callback_data", report.MissingCallbackData);
        json.WriteNumber("rate_violations", report.RateViolations);
        json.WriteNumber("pair_violations", report.PairViolations);
        json.WriteNumber("contract_violations", report.ContractViolations);
        json.WriteNumber("contract_window_violations", report.ContractWindowViolations);
        json.WriteNumber("contract_spacing_violations", report.ContractSpacingViolations);
        json.WriteNumber("window_violations", report.WindowViolations);
        json.WriteNumber("order_violations", report.OrderViolations);
        json.WriteNumber("marked_read", report.MarkedRead);
        json.WriteNumber("typing_shown", report.TypingShown);
        Counts(json, "webhooks",
        [
            ("created", report.Webhooks.Created),
            ("acknowledged", report.Webhooks.Acknowledged),
            ("pending", report.Webhooks.Pending),
            ("retried", report.Webhooks.Retried),
            ("given_up", report.Webhooks.GivenUp),
            ("updates_waiting", report.Webhooks.UpdatesWaiting),
        ]);
        Counts(json, "inbound_messages",
        [
            ("written", report.InboundMessages.Written),
            ("acknowledged", report.InboundMessages.Acknowledged),
            ("answered_by_context", report.InboundMessages.AnsweredByContext),
            ("answered_after", report.InboundMessages.AnsweredAfter),
            ("unanswered", report.InboundMessages.Unanswered),
        ]);
        json.WriteNumber("customers_waiting", report.CustomersWaiting);
        Counts(json, "statuses", report.Statuses.Select(each => (each.Key, each.Value)));
        json.WriteNumber("statuses_planned", report.StatusesPlanned);
        json.WriteStartObject("portfolios");
        foreach (var (id, portfolio) in report.Portfolios)
        {
            Counts(json, id,
            [
                ("limit", portfolio.Limit), ("users", portfolio.Users), ("peak", portfolio.Peak),
                ("refused", portfolio.Refused), ("overruns", portfolio.Overruns),
            ]);
        }

        json.WriteEndObject();
        json.WriteNumber("sends_forgotten", report.SendsForgotten);
        json.WriteNumber("pairs_forgotten", report.PairsForgotten);
        json.WriteEndObject();
    });

    private static void Counts(Utf8JsonWriter json, string name, IEnumerable<(string Name, long Count)> counts)
    {
        json.WriteStartObject(name);
        foreach (var (each, count) in counts)
        {
            json.WriteNumber(each, count);
        }

        json.WriteEndObject();
    }
}
