using System.Globalization;
using System.Text.Json;

namespace WaGrains.CloudApi.Sending;

/// <summary>Reads of Meta's answers that never throw: what has another type than expected counts as absent.</summary>
internal static class LooseJson
{
    /// <summary>
    /// A property of an object. A name beside it that is half a surrogate pair, which the framework refuses to compare,
    /// is passed over.
    /// </summary>
    public static bool TryFind(this JsonElement element, string name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            return TryFindSlowly(element, name, out value);
        }
    }

    public static bool TryGetPart(this JsonElement element, string name, out JsonElement part)
    {
        part = default;
        return element.ValueKind == JsonValueKind.Object
            && element.TryFind(name, out part)
            && part.ValueKind == JsonValueKind.Object;
    }

    public static string? Text(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryFind(name, out var value)
            || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A whole number, written as a number or as text.</summary>
    public static int? Whole(this JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryFind(name, out var value)
            && value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt32(out var number) ? number : null;
        }

        return int.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var written)
            ? written
            : null;
    }

    public static bool Flag(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryFind(name, out var value)
        && value.ValueKind == JsonValueKind.True;

    private static bool TryFindSlowly(JsonElement element, string name, out JsonElement value)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (IsNamed(property, name))
            {
                value = property.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
