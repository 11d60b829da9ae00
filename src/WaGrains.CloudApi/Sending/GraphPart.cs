using System.Globalization;
using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>
/// One object inside a send request that is being read, with the path it was found at. Every read notes its mistake and
/// gives a harmless value,
/// so that one pass finds them all.
/// </summary>
internal sealed class GraphPart(JsonElement element, string path, List<ContentMistake> mistakes)
{
    public string Path => path;

    public bool Has(string name) =>
        element.TryFind(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public void Mistake(string name, string code, string message) =>
        mistakes.Add(new ContentMistake(Join(name), code, message));

    /// <summary>Text that must be there; an empty one is left to the content's own rules.</summary>
    public string Text(string name) => OptionalText(name) ?? Missing(name, string.Empty);

    /// <summary>A word that decides what else is read; null once its mistake is noted.</summary>
    public string? Word(string name)
    {
        var noted = mistakes.Count;
        var word = Text(name);
        if (word.Length == 0 && mistakes.Count == noted)
        {
            Mistake(name, "missing", "Must not be empty.");
        }

        return word.Length == 0 ? null : word;
    }

    public string? OptionalText(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        var value = Value(name);
        if (value.ValueKind != JsonValueKind.String)
        {
            Mistake(name, "wrong_type", "Must be a string.");
            return string.Empty;
        }

        return Decode(name, value);
    }

    public bool Flag(string name)
    {
        if (!Has(name))
        {
            return false;
        }

        var kind = Value(name).ValueKind;
        if (kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Mistake(name, "wrong_type", "Must be true or false.");
        }

        return kind == JsonValueKind.True;
    }

    /// <summary>A number, also one that is written as a string: Meta's own samples do both.</summary>
    public double Number(string name)
    {
        if (!Has(name))
        {
            return Missing(name, 0.0);
        }

        var value = Value(name);
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => Decode(name, value),
            _ => null,
        };
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number))
        {
            return number;
        }

        Mistake(name, "wrong_type", "Must be a number.");
        return 0;
    }

    public long Whole(string name)
    {
        var number = Number(name);
        if (number != Math.Floor(number) || Math.Abs(number) > 1e15)
        {
            Mistake(name, "wrong_type", "Must be a whole number.");
            return 0;
        }

        return (long)number;
    }

    public GraphPart? Part(string name) => OptionalPart(name) ?? Missing<GraphPart?>(name, null);

    public GraphPart? OptionalPart(string name) => Has(name) ? Child(Value(name), Join(name)) : null;

    /// <summary>The objects of an array that must be there.</summary>
    public IReadOnlyList<GraphPart> Parts(string name) =>
        Has(name) ? OptionalParts(name) : Missing<IReadOnlyList<GraphPart>>(name, []);

    public IReadOnlyList<GraphPart> OptionalParts(string name)
    {
        if (!Has(name))
        {
            return [];
        }

        var array = Value(name);
        if (array.ValueKind != JsonValueKind.Array)
        {
            Mistake(name, "wrong_type", "Must be an array.");
            return [];
        }

        return [.. array.EnumerateArray().Select((item, i) => Child(item, $"{Join(name)}[{i}]")).OfType<GraphPart>()];
    }

    /// <summary>An object that Meta shall get as it is.</summary>
    public string? RawObject(string name) => OptionalPart(name) is null ? null : Value(name).GetRawText();

    private JsonElement Value(string name) => element.TryFind(name, out var value) ? value : default;

    private GraphPart? Child(JsonElement child, string at)
    {
        if (child.ValueKind == JsonValueKind.Object)
        {
            return new GraphPart(child, at, mistakes);
        }

        mistakes.Add(new ContentMistake(at, "wrong_type", "Must be an object."));
        return null;
    }

    private string Decode(string name, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: JSON allows it, Unicode does not.
            Mistake(name, "invalid", "Must be valid Unicode.");
            return string.Empty;
        }
    }

    private T Missing<T>(string name, T instead)
    {
        if (!Has(name))
        {
            Mistake(name, "missing", "Is required.");
        }

        return instead;
    }

    private string Join(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
