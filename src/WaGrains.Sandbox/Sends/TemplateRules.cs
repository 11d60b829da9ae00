using System.Globalization;
using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Sends;

/// <summary>
/// A template send: its own shape first, then whether such a template may be sent (facts 1.3, 1.4, 5).
/// </summary>
internal static class TemplateRules
{
    public static GraphFault? Check(JsonElement template)
    {
        if (template.ValueKind != JsonValueKind.Object)
        {
            return GraphFault.Invalid("template", "it must be an object");
        }

        var fault = Fields.RequiredText(template, "name", SendLimits.TemplateName, "template")
            ?? Name(Fields.Text(template, "name")!)
            ?? Fields.Required(template, "language", JsonValueKind.Object, "template", out var language)
            ?? Fields.RequiredText(language, "code", 16, "template.language");
        if (fault is not null || !Fields.Has(template, "components"))
        {
            return fault;
        }

        return Fields.Required(template, "components", JsonValueKind.Array, "template", out var components)
            ?? Components(components);
    }

    public static GraphFault? Find(JsonElement content, IList<SandboxTemplate> known, out SandboxTemplate? template)
    {
        var name = Fields.Text(content, "name");
        var language = Fields.Text(content.GetProperty("language"), "code");
        template = known.FirstOrDefault(each => each.Name == name && each.Language == language);
        return template?.Status switch
        {
            "APPROVED" when BodyParameters(content) == template.BodyParameters => null,
            "APPROVED" => new GraphFault(132000, $"The body needs {template.BodyParameters} parameters."),
            "PAUSED" => new GraphFault(132015, "The template is paused because of low quality."),
            "DISABLED" => new GraphFault(132016, "The template was paused too often and is disabled."),
            _ => new GraphFault(132001, "No approved template with this name in this language."),
        };
    }

    private static GraphFault? Name(string name) =>
        name.All(symbol => char.IsAsciiLetterLower(symbol) || char.IsAsciiDigit(symbol) || symbol == '_')
            ? null
            : GraphFault.Invalid("template.name", "only a-z, 0-9 and _ are allowed");

    private static GraphFault? Components(JsonElement components)
    {
        var buttons = 0;
        foreach (var component in components.EnumerateArray())
        {
            if (component.ValueKind != JsonValueKind.Object)
            {
                return GraphFault.Invalid("template.components[]", "it must be an object");
            }

            var type = Fields.Text(component, "type")?.ToUpperInvariant();
            var fault = type switch
            {
                "HEADER" or "BODY" => Parameters(component),
                "BUTTON" => Button(component) ?? Parameters(component),
                _ => GraphFault.Invalid("template.components[].type", "it must be header, body or button"),
            };
            buttons += type == "BUTTON" ? 1 : 0;
            if (fault is not null || buttons > SendLimits.TemplateButtons)
            {
                return fault ?? GraphFault.Invalid("template.components", "it must hold at most 10 buttons");
            }
        }

        return null;
    }

    private static GraphFault? Button(JsonElement button)
    {
        const string path = "template.components[]";
        var fault = Fields.OneOf(
            button, "sub_type", path,
            "quick_reply", "url", "copy_code", "flow", "catalog", "mpm", "voice_call");
        if (fault is not null || !Fields.Has(button, "index"))
        {
            return fault ?? GraphFault.Missing($"{path}.index");
        }

        // Official samples show both a string and an integer.
        var index = button.GetProperty("index").ToString();
        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place <= 9
            ? null
            : GraphFault.Invalid($"{path}.index", "it must lie between 0 and 9");
    }

    private static GraphFault? Parameters(JsonElement component)
    {
        if (!Fields.Has(component, "parameters"))
        {
            return null;
        }

        const string path = "template.components[]";
        var fault = Fields.Required(component, "parameters", JsonValueKind.Array, path, out var parameters);
        if (fault is not null)
        {
            return fault;
        }

        foreach (var parameter in parameters.EnumerateArray())
        {
            fault = Parameter(parameter, $"{path}.parameters[]");
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static GraphFault? Parameter(JsonElement parameter, string path)
    {
        if (parameter.ValueKind != JsonValueKind.Object)
        {
            return GraphFault.Invalid(path, "it must be an object");
        }

        return Fields.Text(parameter, "type") switch
        {
            "text" => Fields.RequiredText(parameter, "text", SendLimits.InteractiveBody, path),
            "payload" => Fields.RequiredText(parameter, "payload", SendLimits.QuickReplyPayload, path),
            "coupon_code" => Fields.RequiredText(parameter, "coupon_code", SendLimits.CopyCode, path),
            "currency" or "date_time" or "location" or "action" or "product" =>
                Fields.Required(parameter, Fields.Text(parameter, "type")!, JsonValueKind.Object, path, out _),
            "image" or "video" or "document" =>
                Fields.Required(parameter, Fields.Text(parameter, "type")!, JsonValueKind.Object, path, out var media)
                ?? ContentRules.Media(media, path, ["id", "link", "filename"]),
            _ => GraphFault.Invalid($"{path}.type", "it is not one of the documented values"),
        };
    }

    private static int BodyParameters(JsonElement content)
    {
        if (!Fields.Has(content, "components"))
        {
            return 0;
        }

        return content.GetProperty("components").EnumerateArray()
            .Where(each => string.Equals(Fields.Text(each, "type"), "body", StringComparison.OrdinalIgnoreCase))
            .Where(each => Fields.Has(each, "parameters"))
            .Sum(each => each.GetProperty("parameters").GetArrayLength());
    }
}
