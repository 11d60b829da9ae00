using System.Text.Json;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>
/// An object as pairs of path and text, for events whose shapes Meta changes more often than their meaning.
/// </summary>
internal static class FlatValues
{
    /// <summary>Pairs at most; Meta's largest account event has about twenty.</summary>
    private const int PairsMax = 100;

    /// <summary>Every scalar but null, by its path; the first of two equal paths counts.</summary>
    public static Dictionary<string, string> Of(ReadOnlyMemory<byte> value)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(value.Span);
        json.Read();
        Walk(ref json, string.Empty, pairs);
        return pairs;
    }

    private static void Walk(ref Utf8JsonReader json, string path, Dictionary<string, string> pairs)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                while (json.NextProperty())
                {
                    var name = LenientText.Read(ref json);
                    json.Read();
                    Walk(ref json, path.Length == 0 ? name : $"{path}.{name}", pairs);
                }

                break;
            case JsonTokenType.StartArray:
                for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
                {
                    Walk(ref json, $"{path}[{i}]", pairs);
                }

                break;
            case JsonTokenType.String:
                Add(path, LenientText.Read(ref json), pairs);
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                Add(path, LenientText.Decode(json.ValueSpan), pairs);
                break;
        }
    }

    private static void Add(string path, string text, Dictionary<string, string> pairs)
    {
        if (pairs.Count < PairsMax)
        {
            pairs.TryAdd(path, text);
        }
    }
}
