namespace WaGrains.CloudApi.Webhooks;

/// <summary>Reads values that are about numbers, templates and accounts instead of messages.</summary>
internal static class AccountReader
{
    private const string Template = "message_template_";

    public static WebhookItem Read(ChangeScope scope, DateTimeOffset? at, ReadOnlyMemory<byte> value)
    {
        switch (scope.Field)
        {
            case "phone_number_quality_update" or "business_capability_update":
                return Quality(scope, at, value);
            case "message_template_status_update" or "message_template_quality_update"
                or "message_template_components_update" or "template_category_update":
                return TemplateEvent(scope, at, value);
            case "account_update" or "account_alerts" or "account_review_update" or "account_settings_update"
                or "phone_number_name_update" or "security" or "flows" or "business_username_update"
                or "partner_solutions" or "payment_configuration_update":
                var values = FlatValues.Of(value);
                var word = First(values, "event", "decision", "status");
                return new AccountItem(scope.WabaId, scope.PhoneNumberId, scope.Field, word, values, at, value);
            case "messages" or "smb_message_echoes" or "user_preferences" or "user_id_update":
                return scope.Raw("nothing_known_inside", value);
            default:
                return scope.Raw("field_unknown", value);
        }
    }

    private static QualityItem Quality(ChangeScope scope, DateTimeOffset? at, ReadOnlyMemory<byte> value)
    {
        var values = FlatValues.Of(value);
        return new QualityItem(
            scope.WabaId,
            scope.Field,
            First(values, "event"),
            First(values, "display_phone_number"),
            First(
                values,
                "max_daily_conversations_per_business",
                "current_limit",
                "max_daily_conversation_per_phone"),
            at,
            value);
    }

    private static TemplateItem TemplateEvent(ChangeScope scope, DateTimeOffset? at, ReadOnlyMemory<byte> value)
    {
        var values = FlatValues.Of(value);
        return new TemplateItem(
            scope.WabaId,
            scope.Field,
            First(values, $"{Template}id"),
            First(values, $"{Template}name"),
            First(values, $"{Template}language")?.Replace('-', '_'),
            First(values, "previous_quality_score", "previous_category"),
            First(values, "event", "new_quality_score", "new_category"),
            Reason(values),
            at,
            value);
    }

    /// <summary>A pause says NONE where a rejection tells its reason, and its own word in a title.</summary>
    private static string? Reason(Dictionary<string, string> values) =>
        First(values, "reason", "rejection_info.reason") is { } told and not "NONE"
            ? told
            : First(values, "other_info.title", "reason");

    private static string? First(Dictionary<string, string> values, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (values.TryGetValue(path, out var found))
            {
                return found;
            }
        }

        return null;
    }
}
