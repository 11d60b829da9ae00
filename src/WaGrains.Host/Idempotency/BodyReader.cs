using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Idempotency;

/// <summary>Turns a body into a request type, or names everything that is unknown in it.</summary>
internal static class BodyReader
{
    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads strictly.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="value">What it says; null where a problem is returned.</param>
    public static ProblemHttpResult? Read<T>(ReadOnlyMemory<byte> bytes, out T? value)
        where T : class
    {
        value = null;
        try
        {
            using var document = JsonDocument.Parse(bytes, Once);
            var shape = ApiJson.Strict.GetTypeInfo(typeof(T));
            var mistakes = new List<FieldMistake>();
            FindUnknown(document.RootElement, shape, "", mistakes);
            if (mistakes.Count > 0)
            {
                return Problem.Of(mistakes);
            }

            return Convert(document.RootElement, shape, out value);
        }
        catch (JsonException)
        {
            return Problem.Of(ProblemCodes.MalformedBody, "The body must be one JSON value without repeated members.");
        }
    }

    private static ProblemHttpResult? Convert<T>(JsonElement root, JsonTypeInfo shape, out T? value)
        where T : class
    {
        value = null;
        try
        {
            value = root.Deserialize(shape) as T;
            return value is null ? Problem.Of("", "wrong_type", "Must be an object.") : null;
        }
        catch (JsonException wrong)
        {
            var path = wrong.Path is { Length: > 2 } known && known.StartsWith("$.", StringComparison.Ordinal)
                ? known[2..] : "";
            return Problem.Of(path, "wrong_type", "Has another type or form than the reference says.");
        }
    }

    private static void FindUnknown(JsonElement element, JsonTypeInfo shape, string path, List<FieldMistake> mistakes)
    {
        if (shape.Kind == JsonTypeInfoKind.Object && element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                if (shape.Properties.FirstOrDefault(known => known.Name == member.Name) is { } property)
                {
                    FindUnknown(member.Value, ApiJson.Strict.GetTypeInfo(property.PropertyType), at, mistakes);
                }
                else
                {
                    mistakes.Add(new FieldMistake(at, "unknown", "There is no such member."));
                }
            }
        }
        else if (shape is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } type }
            && element.ValueKind == JsonValueKind.Array)
        {
            var each = ApiJson.Strict.GetTypeInfo(type);
            for (var i = 0; i < element.GetArrayLength(); i++)
            {
                FindUnknown(element[i], each, $"{path}[{i}]", mistakes);
            }
        }
    }
}
