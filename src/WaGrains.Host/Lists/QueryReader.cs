using System.Globalization;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Lists;

/// <summary>Reads the filters of a list and gathers what is wrong with them.</summary>
internal sealed class QueryReader
{
    public List<FieldMistake> Mistakes { get; } = [];

    /// <summary>An id; null where the filter is absent.</summary>
    public T? Id<T>(string param, string? text)
        where T : struct, IParsable<T>
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (T.TryParse(text, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        Mistakes.Add(new FieldMistake(param, "invalid", "Must be an id."));
        return null;
    }

    /// <summary>One of the words of a closed set; null where the filter is absent.</summary>
    public T? Word<T>(string param, string? text)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (ApiJson.Word(value) == text)
            {
                return value;
            }
        }

        var words = string.Join(", ", Enum.GetValues<T>().Select(ApiJson.Word));
        Mistakes.Add(new FieldMistake(param, "invalid", $"Must be one of {words}."));
        return null;
    }

    /// <summary>A moment; null where the filter is absent.</summary>
    public DateTimeOffset? Time(string param, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var at))
        {
            return at;
        }

        Mistakes.Add(new FieldMistake(param, "invalid", "Must be a time such as 2026-01-31T12:00:00Z."));
        return null;
    }
}
