using System.Buffers.Text;
using System.Text.Json;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>
/// Reading values and cutting them out of the raw body. The readers that use this stand on a property's name and are
/// past its value afterwards;
/// a value of another type than expected is passed over and counts as absent.
/// </summary>
internal static class JsonSlices
{
    private const int NumberLengthMax = 20;

    /// <summary>Opens a value that is an object and steps to its first property or end.</summary>
    public static bool Enter(this ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        json.Skip();
        return false;
    }

    /// <summary>The next property of an object that has been entered; false at its end.</summary>
    public static bool NextProperty(this ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>The value behind a property's name, as bytes of the source.</summary>
    public static ReadOnlyMemory<byte> ReadSlice(this ref Utf8JsonReader json, ReadOnlyMemory<byte> source)
    {
        json.Read();
        return json.Slice(source);
    }

    /// <summary>The value the reader stands on, as bytes of the source.</summary>
    public static ReadOnlyMemory<byte> Slice(this ref Utf8JsonReader json, ReadOnlyMemory<byte> source)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return source[start..(int)json.BytesConsumed];
    }

    public static void PassOver(this ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    /// <summary>A string, or a number as it is written; else null.</summary>
    public static string? ReadText(this ref Utf8JsonReader json)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                return LenientText.Read(ref json);
            case JsonTokenType.Number:
                return LenientText.Decode(json.ValueSpan);
            default:
                json.Skip();
                return null;
        }
    }

    /// <summary>A whole number, written as number or as text; else null.</summary>
    public static long? ReadWhole(this ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            var text = json.ValueSpan;
            return text.Length <= NumberLengthMax && Utf8Parser.TryParse(text, out long value, out var used)
                && used == text.Length
                ? value
                : null;
        }

        json.Skip();
        return null;
    }

    public static bool ReadFlag(this ref Utf8JsonReader json)
    {
        json.Read();
        var set = json.TokenType == JsonTokenType.True;
        json.Skip();
        return set;
    }
}
