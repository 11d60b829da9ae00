using System.Globalization;
using System.Text;
using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Sends;

/// <summary>Buttons, lists, link buttons, flows and requests (facts 1.3, 1.4).</summary>
internal static class InteractiveRules
{
    private const string Path = "interactive";

    public static GraphFault? Check(JsonElement interactive)
    {
        if (interactive.ValueKind != JsonValueKind.Object)
        {
            return GraphFault.Invalid(Path, "it must be an object");
        }

        var bodyMax = Fields.Text(interactive, "type") == "list" ? SendLimits.ListBody : SendLimits.InteractiveBody;
        return Fields.OneOf(
                interactive, "type", Path,
                "button", "list", "cta_url", "flow",
                "location_request_message", "request_contact_info", "contact_request")
            ?? Fields.Required(interactive, "body", JsonValueKind.Object, Path, out var body)
            ?? Fields.RequiredText(body, "text", bodyMax, "interactive.body")
            ?? Footer(interactive)
            ?? Header(interactive)
            ?? Fields.Required(interactive, "action", JsonValueKind.Object, Path, out var action)
            ?? Action(Fields.Text(interactive, "type")!, action);
    }

    private static GraphFault? Action(string type, JsonElement action) => type switch
    {
        "button" => Buttons(action),
        "list" => List(action),
        "cta_url" => UrlButton(action),
        "flow" => Flow(action),
        "location_request_message" => Fields.OneOf(action, "name", "interactive.action", "send_location"),
        _ => Fields.OneOf(action, "name", "interactive.action", "request_contact_info", "contact_request"),
    };

    private static GraphFault? Footer(JsonElement interactive)
    {
        if (!Fields.Has(interactive, "footer"))
        {
            return null;
        }

        return Fields.Required(interactive, "footer", JsonValueKind.Object, Path, out var footer)
            ?? Fields.RequiredText(footer, "text", SendLimits.Footer, "interactive.footer");
    }

    private static GraphFault? Header(JsonElement interactive)
    {
        if (!Fields.Has(interactive, "header"))
        {
            return null;
        }

        var fault = Fields.Required(interactive, "header", JsonValueKind.Object, Path, out var header);
        if (fault is not null)
        {
            return fault;
        }

        var type = Fields.Text(header, "type");
        if (type == "text")
        {
            return Fields.RequiredText(header, "text", SendLimits.HeaderText, "interactive.header");
        }

        if (type is not ("image" or "video" or "document") || Fields.Text(interactive, "type") == "list")
        {
            return GraphFault.Invalid("interactive.header.type", "this kind of header is not allowed here");
        }

        return Fields.Required(header, type, JsonValueKind.Object, "interactive.header", out var media)
            ?? ContentRules.Media(media, $"interactive.header.{type}", ["id", "link", "filename"]);
    }

    private static GraphFault? Buttons(JsonElement action)
    {
        const string path = "interactive.action.buttons[]";
        var fault = Fields.Required(action, "buttons", JsonValueKind.Array, "interactive.action", out var buttons);
        if (fault is not null || buttons.GetArrayLength() is < 1 or > SendLimits.ButtonsMax)
        {
            return fault ?? GraphFault.Invalid("interactive.action.buttons", "it must hold 1 to 3 buttons");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var titles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var button in buttons.EnumerateArray())
        {
            fault = AsObject(button, path)
                ?? Fields.OneOf(button, "type", path, "reply")
                ?? Fields.Required(button, "reply", JsonValueKind.Object, path, out var reply)
                ?? Fields.RequiredText(reply, "id", SendLimits.ButtonId, $"{path}.reply")
                ?? Fields.RequiredText(reply, "title", SendLimits.ButtonTitle, $"{path}.reply")
                ?? Distinct(ids, Fields.Text(reply, "id")!, $"{path}.reply.id")
                ?? Distinct(titles, Fields.Text(reply, "title")!, $"{path}.reply.title");
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static GraphFault? List(JsonElement action)
    {
        var fault = Fields.RequiredText(action, "button", SendLimits.ListButton, "interactive.action")
            ?? Fields.Required(action, "sections", JsonValueKind.Array, "interactive.action", out _);
        if (fault is not null)
        {
            return fault;
        }

        var sections = action.GetProperty("sections");
        var count = sections.GetArrayLength();
        if (count is < 1 or > SendLimits.SectionsMax)
        {
            return GraphFault.Invalid("interactive.action.sections", "it must hold 1 to 10 sections");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in sections.EnumerateArray())
        {
            fault = Section(section, count, ids);
            if (fault is not null)
            {
                return fault;
            }
        }

        return ids.Count <= SendLimits.RowsMax
            ? null
            : GraphFault.Invalid("interactive.action.sections", "all sections together must hold at most 10 rows");
    }

    private static GraphFault? Section(JsonElement section, int sections, HashSet<string> ids)
    {
        const string path = "interactive.action.sections[]";
        var fault = AsObject(section, path)
            ?? (sections > 1 && !Fields.Has(section, "title") ? GraphFault.Missing($"{path}.title") : null)
            ?? Fields.OptionalText(section, "title", SendLimits.SectionTitle, path)
            ?? Fields.Required(section, "rows", JsonValueKind.Array, path, out _);
        if (fault is not null || section.GetProperty("rows").GetArrayLength() == 0)
        {
            return fault ?? GraphFault.Invalid($"{path}.rows", "it must hold at least one row");
        }

        foreach (var row in section.GetProperty("rows").EnumerateArray())
        {
            fault = AsObject(row, $"{path}.rows[]")
                ?? Fields.RequiredText(row, "id", SendLimits.RowId, $"{path}.rows[]")
                ?? Fields.RequiredText(row, "title", SendLimits.RowTitle, $"{path}.rows[]")
                ?? Fields.OptionalText(row, "description", SendLimits.RowDescription, $"{path}.rows[]")
                ?? Distinct(ids, Fields.Text(row, "id")!, $"{path}.rows[].id");
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static GraphFault? UrlButton(JsonElement action) =>
        Fields.OneOf(action, "name", "interactive.action", "cta_url")
        ?? Fields.Required(action, "parameters", JsonValueKind.Object, "interactive.action", out var parameters)
        ?? Fields.RequiredText(parameters, "display_text", SendLimits.UrlButton, "interactive.action.parameters")
        ?? Fields.Link(parameters, "url", "interactive.action.parameters");

    private static GraphFault? Flow(JsonElement action)
    {
        const string path = "interactive.action.parameters";
        var fault = Fields.OneOf(action, "name", "interactive.action", "flow")
            ?? Fields.Required(action, "parameters", JsonValueKind.Object, "interactive.action", out _);
        if (fault is not null)
        {
            return fault;
        }

        var parameters = action.GetProperty("parameters");
        return Fields.OneOf(parameters, "flow_message_version", path, "3")
            ?? (Fields.Has(parameters, "flow_id") == Fields.Has(parameters, "flow_name")
                ? GraphFault.Invalid(path, "it needs exactly one of flow_id and flow_name")
                : null)
            ?? Fields.RequiredText(parameters, "flow_cta", SendLimits.FlowButton, path)
            ?? (HasEmoji(Fields.Text(parameters, "flow_cta")!)
                ? GraphFault.Invalid($"{path}.flow_cta", "it must not hold emoji")
                : null)
            ?? (Fields.Has(parameters, "mode") ? Fields.OneOf(parameters, "mode", path, "draft", "published") : null)
            ?? (Fields.Has(parameters, "flow_action")
                ? Fields.OneOf(parameters, "flow_action", path, "navigate", "data_exchange")
                : null);
    }

    private static GraphFault? Distinct(HashSet<string> seen, string value, string path)
    {
        if (value.Length != value.AsSpan().Trim().Length)
        {
            return GraphFault.Invalid(path, "it must not begin or end with a space");
        }

        return seen.Add(value) ? null : GraphFault.Invalid(path, "it must be unique");
    }

    private static GraphFault? AsObject(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Object ? null : GraphFault.Invalid(path, "it must be an object");

    private static bool HasEmoji(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol)
            {
                return true;
            }
        }

        return false;
    }
}
