using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Sends;

/// <summary>Reads of one field each: null means it is as it should be.</summary>
internal static class Fields
{
    public static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object
        && owner.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static bool Has(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public static GraphFault? RequiredText(JsonElement owner, string name, int most, string path)
    {
        if (!Has(owner, name))
        {
            return GraphFault.Missing($"{path}.{name}");
        }

        return Text(owner, name) is { Length: 0 }
            ? GraphFault.Invalid($"{path}.{name}", "it must not be empty")
            : OptionalText(owner, name, most, path);
    }

    public static GraphFault? OptionalText(JsonElement owner, string name, int most, string path)
    {
        if (!Has(owner, name))
        {
            return null;
        }

        return Text(owner, name) is not { } text
            ? GraphFault.Invalid($"{path}.{name}", "it must be a string")
            : IsLonger(text, most) ? GraphFault.TooLong($"{path}.{name}", most) : null;
    }

    public static GraphFault? Required(
        JsonElement owner, string name, JsonValueKind kind, string path, out JsonElement value)
    {
        if (!owner.TryGetProperty(name, out value) || value.ValueKind == JsonValueKind.Null)
        {
            return GraphFault.Missing($"{path}.{name}");
        }

        return value.ValueKind == kind ? null : GraphFault.Invalid($"{path}.{name}", $"it must be of kind {kind}");
    }

    public static GraphFault? OneOf(JsonElement owner, string name, string path, params ReadOnlySpan<string> allowed)
    {
        if (!Has(owner, name))
        {
            return GraphFault.Missing($"{path}.{name}");
        }

        return Text(owner, name) is { } text && allowed.Contains(text)
            ? null
            : GraphFault.Invalid($"{path}.{name}", "it is not one of the documented values");
    }

    public static GraphFault? OptionalFlag(JsonElement owner, string name, string path) =>
        !Has(owner, name) || owner.GetProperty(name).ValueKind is JsonValueKind.True or JsonValueKind.False
            ? null
            : GraphFault.Invalid($"{path}.{name}", "it must be true or false");

    public static GraphFault? Link(JsonElement owner, string name, string path) =>
        RequiredText(owner, name, SendLimits.Link, path)
        ?? (Uri.TryCreate(Text(owner, name), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? null
            : GraphFault.Invalid($"{path}.{name}", "it must be an http or https address"));

    public static GraphFault? OnlyKeys(JsonElement owner, string path, params ReadOnlySpan<string> allowed)
    {
        foreach (var property in owner.EnumerateObject())
        {
            if (!allowed.Contains(property.Name))
            {
                return GraphFault.Unexpected(path, property.Name);
            }
        }

        return null;
    }

    private static bool IsLonger(string text, int most)
    {
        if (text.Length <= most)
        {
            return false;
        }

        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count > most;
    }
}
