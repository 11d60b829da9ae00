using System.Globalization;
using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Sends;

/// <summary>Rules of each message type's content (facts 1.3 and 1.4); null means Meta would take it.</summary>
internal static class ContentRules
{
    public static GraphFault? Check(string type, JsonElement content) => type switch
    {
        "text" => Text(content),
        "image" or "video" => Media(content, type, ["id", "link", "caption"]),
        "audio" => Media(content, type, ["id", "link", "voice"]),
        "document" => Media(content, type, ["id", "link", "caption", "filename"]),
        "sticker" => Media(content, type, ["id", "link"]),
        "location" => Location(content),
        "contacts" => Contacts(content),
        "reaction" => Reaction(content),
        "interactive" => InteractiveRules.Check(content),
        "template" => TemplateRules.Check(content),
        _ => new GraphFault(131009, "Param type must be one of the documented message types."),
    };

    public static GraphFault? Media(JsonElement media, string path, ReadOnlySpan<string> keys)
    {
        if (media.ValueKind != JsonValueKind.Object)
        {
            return GraphFault.Invalid(path, "it must be an object");
        }

        if (Fields.Has(media, "id") == Fields.Has(media, "link"))
        {
            return GraphFault.Invalid(path, "it needs exactly one of id and link");
        }

        return Fields.OnlyKeys(media, path, keys)
            ?? (Fields.Has(media, "id") ? MediaId(media, path) : Fields.Link(media, "link", path))
            ?? Fields.OptionalText(media, "caption", SendLimits.Caption, path)
            ?? Fields.OptionalText(media, "filename", SendLimits.Filename, path)
            ?? Fields.OptionalFlag(media, "voice", path);
    }

    private static GraphFault? MediaId(JsonElement media, string path) =>
        Fields.Text(media, "id") is { Length: > 0 and <= 32 } id && id.All(char.IsAsciiDigit)
            ? null
            : GraphFault.Invalid($"{path}.id", "it must be a media id");

    private static GraphFault? Text(JsonElement text) =>
        ObjectNamed(text, "text")
        ?? Fields.OnlyKeys(text, "text", "body", "preview_url")
        ?? Fields.RequiredText(text, "body", SendLimits.TextBody, "text")
        ?? Fields.OptionalFlag(text, "preview_url", "text");

    private static GraphFault? Location(JsonElement location) =>
        ObjectNamed(location, "location")
        ?? Fields.OnlyKeys(location, "location", "latitude", "longitude", "name", "address")
        ?? Degrees(location, "latitude", 90)
        ?? Degrees(location, "longitude", 180)
        ?? Fields.OptionalText(location, "name", SendLimits.LocationText, "location")
        ?? Fields.OptionalText(location, "address", SendLimits.LocationText, "location");

    private static GraphFault? Degrees(JsonElement location, string name, double most)
    {
        if (!Fields.Has(location, name))
        {
            return GraphFault.Missing($"location.{name}");
        }

        var value = location.GetProperty(name);
        var text = value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.ToString() : "";
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
            && Math.Abs(degrees) <= most
                ? null
                : GraphFault.Invalid($"location.{name}", $"it must lie between -{most} and {most}");
    }

    private static GraphFault? Contacts(JsonElement contacts)
    {
        if (contacts.ValueKind != JsonValueKind.Array || contacts.GetArrayLength() == 0)
        {
            return GraphFault.Invalid("contacts", "it must be a list with at least one contact");
        }

        foreach (var contact in contacts.EnumerateArray())
        {
            var fault = ObjectNamed(contact, "contacts[]")
                ?? Fields.Required(contact, "name", JsonValueKind.Object, "contacts[]", out var name)
                ?? Fields.RequiredText(name, "formatted_name", SendLimits.LocationText, "contacts[].name");
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static GraphFault? Reaction(JsonElement reaction) =>
        ObjectNamed(reaction, "reaction")
        ?? Fields.OnlyKeys(reaction, "reaction", "message_id", "emoji")
        ?? Fields.RequiredText(reaction, "message_id", SendLimits.Wamid, "reaction")
        ?? (Fields.Has(reaction, "emoji") ? null : GraphFault.Missing("reaction.emoji"))
        ?? Fields.OptionalText(reaction, "emoji", SendLimits.Emoji, "reaction");

    private static GraphFault? ObjectNamed(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Object ? null : GraphFault.Invalid(path, "it must be an object");
}
