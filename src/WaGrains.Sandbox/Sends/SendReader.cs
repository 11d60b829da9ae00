using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Sends;

/// <summary>
/// From a parsed body to a send that Meta would take, or to the error it would answer (facts 1.2 to 1.4).
/// </summary>
internal static class SendReader
{
    public static GraphFault? Read(JsonElement root, IList<SandboxTemplate> templates, out SendRequest? request)
    {
        request = null;
        SandboxTemplate? template = null;
        Recipient? recipient = null;
        var type = "";
        JsonElement content = default;
        var fault = Product(root)
            ?? Address(root, out recipient)
            ?? Type(root, out type)
            ?? Content(root, type, out content)
            ?? Context(root, type)
            ?? Fields.OptionalText(root, "biz_opaque_callback_data", SendLimits.CallbackText, "body")
            ?? Fields.OptionalText(root, "recipient_identity_key_hash", SendLimits.Wamid, "body")
            ?? ContentRules.Check(type, content)
            ?? (type == "template" ? TemplateRules.Find(content, templates, out template) : null)
            ?? Authentication(recipient!, template);
        if (fault is not null)
        {
            return fault;
        }

        request = new SendRequest
        {
            Type = type,
            Recipient = recipient!,
            Content = content,
            ContextId = root.TryGetProperty("context", out var context) ? Fields.Text(context, "message_id") : null,
            CallbackText = Fields.Text(root, "biz_opaque_callback_data"),
            Template = template,
        };
        return null;
    }

    public static GraphFault? ReadMark(JsonElement root)
    {
        var fault = Product(root)
            ?? Fields.OneOf(root, "status", "body", "read")
            ?? Fields.RequiredText(root, "message_id", SendLimits.Wamid, "body");
        if (fault is not null || !Fields.Has(root, "typing_indicator"))
        {
            return fault;
        }

        return Fields.Required(root, "typing_indicator", JsonValueKind.Object, "body", out var typing)
            ?? Fields.OneOf(typing, "type", "typing_indicator", "text");
    }

    private static GraphFault? Product(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new GraphFault(100, "The body must be a JSON object.");
        }

        return Fields.Text(root, "messaging_product") == "whatsapp"
            ? null
            : new GraphFault(100, "The parameter messaging_product is required and must be whatsapp.");
    }

    private static GraphFault? Address(JsonElement root, out Recipient? recipient)
    {
        recipient = null;
        var kind = Fields.Has(root, "recipient_type") ? Fields.Text(root, "recipient_type") : "individual";
        if (kind is not ("individual" or "group"))
        {
            return GraphFault.Invalid("recipient_type", "it must be individual or group");
        }

        // With both given, `to` wins (business-scoped user ids page, 2026-05-07).
        if (Fields.Has(root, "to"))
        {
            return kind == "group" ? Group(root, out recipient) : Phone(root, out recipient);
        }

        return Fields.Has(root, "recipient")
            ? User(root, out recipient)
            : new GraphFault(100, "The parameter to is required.");
    }

    private static GraphFault? Group(JsonElement root, out Recipient? recipient)
    {
        var group = Fields.Text(root, "to");
        recipient = string.IsNullOrWhiteSpace(group) ? null : new Recipient(group, null, null, group);
        return recipient is null ? GraphFault.Invalid("to", "it must be a group id") : null;
    }

    private static GraphFault? Phone(JsonElement root, out Recipient? recipient)
    {
        var input = Fields.Text(root, "to");
        var digits = input is null ? null : PhoneDigits.Read(input);
        recipient = digits is null ? null : new Recipient(input!, PhoneDigits.ToWaId(digits), null, null);
        return recipient is null ? GraphFault.Invalid("to", "it must be a phone number") : null;
    }

    private static GraphFault? User(JsonElement root, out Recipient? recipient)
    {
        var input = Fields.Text(root, "recipient");
        recipient = input is not null && IsUserId(input) ? new Recipient(input, null, input, null) : null;
        return recipient is null ? GraphFault.Invalid("recipient", "it must be a business-scoped user id") : null;
    }

    /// <summary>`US.1349…` or, for a parent id, `US.ENT.1349…`.</summary>
    private static bool IsUserId(string text)
    {
        var parts = text.Split('.');
        return parts.Length is 2 or 3
            && text.Length <= 128
            && parts[0].Length == 2
            && parts[0].All(char.IsAsciiLetterUpper)
            && (parts.Length == 2 || parts[1] == "ENT")
            && parts[^1].Length > 0
            && parts[^1].All(char.IsAsciiLetterOrDigit);
    }

    private static GraphFault? Type(JsonElement root, out string type)
    {
        type = Fields.Text(root, "type") ?? "text";
        return Fields.Has(root, "type") && Fields.Text(root, "type") is null
            ? GraphFault.Invalid("type", "it must be a string")
            : null;
    }

    private static GraphFault? Content(JsonElement root, string type, out JsonElement content) =>
        root.TryGetProperty(type, out content) && content.ValueKind != JsonValueKind.Null
            ? null
            : GraphFault.Missing(type);

    private static GraphFault? Context(JsonElement root, string type)
    {
        if (!Fields.Has(root, "context"))
        {
            return null;
        }

        if (type == "reaction")
        {
            return GraphFault.Invalid("context", "a reaction names its message itself");
        }

        return Fields.Required(root, "context", JsonValueKind.Object, "body", out var context)
            ?? Fields.RequiredText(context, "message_id", SendLimits.Wamid, "context");
    }

    private static GraphFault? Authentication(Recipient recipient, SandboxTemplate? template) =>
        recipient.UserId is not null && template?.Category == "authentication"
            ? new GraphFault(131062, "Authentication templates need a phone number.")
            : null;
}
