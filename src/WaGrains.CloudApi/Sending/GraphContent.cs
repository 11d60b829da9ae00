using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>What <see cref="GraphContent"/> made of a request: a content, or what is wrong with it.</summary>
/// <param name="Content">Null exactly when there are mistakes.</param>
/// <param name="Mistakes">All of them, with their JSON paths.</param>
public sealed record GraphContentReading(MessageContent? Content, IReadOnlyList<ContentMistake> Mistakes);

/// <summary>
/// Reads what to send from Meta's own request shape, <c>{"type":"text","text":{"body":"..."}}</c>, which our APIs
/// share.
/// </summary>
public static class GraphContent
{
    /// <summary>
    /// Reads type and content; properties beside them are not looked at, unknown ones inside are passed over.
    /// </summary>
    public static GraphContentReading Read(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            var wrong = new ContentMistake(string.Empty, "wrong_type", "Must be an object.");
            return new GraphContentReading(null, [wrong]);
        }

        var mistakes = new List<ContentMistake>();
        var content = Content(new GraphPart(request, string.Empty, mistakes));
        if (content is not null && mistakes.Count == 0)
        {
            mistakes.AddRange(MessageContentRules.Check(content));
        }

        return new GraphContentReading(mistakes.Count == 0 ? content : null, mistakes);
    }

    private static MessageContent? Content(GraphPart request)
    {
        // Graph takes a message without a type as text.
        var type = request.Has("type") || !request.Has("text") ? request.Word("type") : "text";
        switch (type)
        {
            case "text":
                return request.Part("text") is { } text
                    ? new TextContent(text.Text("body"), text.Flag("preview_url"))
                    : null;
            case "location":
                return request.Part("location") is { } place ? Location(place) : null;
            case "contacts":
                return GraphCardsReader.Read(request);
            case "reaction":
                return request.Part("reaction") is { } reaction
                    ? new ReactionContent(reaction.Text("message_id"), reaction.OptionalText("emoji") ?? string.Empty)
                    : null;
            case "interactive":
                return request.Part("interactive") is { } interactive ? GraphInteractiveReader.Read(interactive) : null;
            case "template":
                return request.Part("template") is { } template ? GraphTemplateReader.Read(template) : null;
            default:
                return type is null ? null : Media(request, type);
        }
    }

    private static MediaContent? Media(GraphPart request, string type)
    {
        if (GraphWords.Media(type) is not { } kind)
        {
            request.Mistake("type", "unknown", "No such message type.");
            return null;
        }

        return request.Part(type) is { } media
            ? new MediaContent(
                kind, Source(media), media.OptionalText("caption"), media.OptionalText("filename"), media.Flag("voice"))
            : null;
    }

    internal static MediaRef Source(GraphPart media) => new(media.OptionalText("id"), media.OptionalText("link"));

    internal static LocationContent Location(GraphPart place) => new(
        place.Number("latitude"),
        place.Number("longitude"),
        place.OptionalText("name"),
        place.OptionalText("address"));
}
