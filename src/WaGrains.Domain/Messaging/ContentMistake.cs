using System.Text.Json;

namespace WaGrains.Domain.Messaging;

/// <summary>One thing that is wrong with a message somebody wants to send.</summary>
/// <param name="Param">Where, as the JSON path of the Graph shape:
/// <c>interactive.action.buttons[1].reply.title</c>.</param>
/// <param name="Code">Stable snake_case: missing, too_long, too_many, out_of_range, duplicate, not_allowed, invalid,
/// wrong_type, unknown.</param>
/// <param name="Message">The rule in words, with its limit; never the offending text itself.</param>
public sealed record ContentMistake(string Param, string Code, string Message);

/// <summary>Gathers mistakes; every check names the path and goes on.</summary>
internal sealed class ContentMistakes
{
    private readonly List<ContentMistake> found = [];

    public IReadOnlyList<ContentMistake> Found => found;

    public void Add(string path, string code, string message) => found.Add(new ContentMistake(path, code, message));

    public void AddIf(bool wrong, string path, string code, string message)
    {
        if (wrong)
        {
            Add(path, code, message);
        }
    }

    /// <summary>Text that must be there and not be longer than so many characters.</summary>
    public void Text(string path, string? text, int max)
    {
        AddIf(string.IsNullOrWhiteSpace(text), path, "missing", "Must not be empty.");
        OptionalText(path, text, max);
    }

    public void OptionalText(string path, string? text, int max) =>
        AddIf(LongerThan(text, max), path, "too_long", $"At most {max} characters.");

    public void Count(string path, int count, int max)
    {
        AddIf(count == 0, path, "missing", "At least 1 is needed.");
        AddIf(count > max, path, "too_many", $"At most {max}.");
    }

    /// <summary>Exactly one of id and link, and the link fetchable.</summary>
    public void Media(string path, MediaRef? media)
    {
        var hasId = !string.IsNullOrWhiteSpace(media?.Id);
        var hasLink = !string.IsNullOrWhiteSpace(media?.Link);
        AddIf(!hasId && !hasLink, path, "missing", "Either id or link is needed.");
        AddIf(hasId && hasLink, path, "not_allowed", "Only one of id and link is allowed.");
        AddIf(hasLink && !IsWebAddress(media!.Link!), $"{path}.link", "invalid", "Must be an http or https address.");
    }

    /// <summary>
    /// JSON carried as text, passed on to Meta as it is: an object, or it would break the body around it.
    /// </summary>
    public void JsonObject(string path, string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? string.Empty);
            AddIf(document.RootElement.ValueKind != JsonValueKind.Object, path, "wrong_type", "Must be an object.");
        }
        catch (JsonException)
        {
            Add(path, "invalid", "Must be a JSON object.");
        }
    }

    public void WebAddress(string path, string? address)
    {
        AddIf(string.IsNullOrWhiteSpace(address), path, "missing", "Must not be empty.");
        AddIf(
            !string.IsNullOrWhiteSpace(address) && !IsWebAddress(address),
            path,
            "invalid",
            "Must be an http or https address.");
    }

    /// <summary>Each value once; the second and later ones are the mistake.</summary>
    public void Unique(IEnumerable<(string Path, string? Value)> values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, value) in values)
        {
            AddIf(value is not null && !seen.Add(value), path, "duplicate", "Must be unique in this message.");
        }
    }

    private static bool LongerThan(string? text, int max)
    {
        if (text is null || text.Length <= max)
        {
            return false;
        }

        var runes = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            runes++;
        }

        return runes > max;
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", Host.Length: > 0 };
}
