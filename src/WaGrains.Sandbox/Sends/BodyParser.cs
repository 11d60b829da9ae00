using System.Text.Json;
using System.Text.Unicode;

namespace WaGrains.Sandbox.Sends;

/// <summary>A body as JSON whose every string can be read; null for anything else.</summary>
internal static class BodyParser
{
    public static JsonDocument? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return Utf8.IsValid(body) && HasReadableStrings(body) ? ParseWhole(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonDocument? ParseWhole(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var document = JsonDocument.ParseValue(ref reader);
        if (!reader.Read())
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    /// <summary>Half a surrogate pair parses, but cannot be read later; only escapes can hold one.</summary>
    private static bool HasReadableStrings(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && !IsReadable(ref reader))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsReadable(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
