namespace WaGrains.Domain.Messaging;

/// <summary>Whether Meta would take a message, as far as that can be told without asking it.</summary>
public static class MessageContentRules
{
    private const string Blank = "Must not be empty.";

    /// <summary>
    /// All mistakes; none: it may be sent.
    /// </summary>
    public static IReadOnlyList<ContentMistake> Check(MessageContent content)
    {
        var mistakes = new ContentMistakes();
        return content.Match(
            text => Text(text, mistakes),
            media => Media(media, mistakes),
            location => Location("location", location, mistakes),
            contacts => Contacts(contacts, mistakes),
            reaction => Reaction(reaction, mistakes),
            interactive => InteractiveRules.Check(interactive, mistakes),
            template => TemplateRules.Check(template, mistakes)).Found;
    }

    internal static ContentMistakes Location(string path, LocationContent place, ContentMistakes mistakes)
    {
        mistakes.AddIf(!(Math.Abs(place.Latitude) <= 90), $"{path}.latitude", "out_of_range", "-90 to 90 degrees.");
        mistakes.AddIf(
            !(Math.Abs(place.Longitude) <= 180),
            $"{path}.longitude",
            "out_of_range",
            "-180 to 180 degrees.");
        return mistakes;
    }

    /// <summary>The word Meta uses for the kind, which also names the property that holds it.</summary>
    internal static string Word(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Video => "video",
        MediaKind.Audio => "audio",
        MediaKind.Document => "document",
        MediaKind.Sticker => "sticker",
    };

    private static ContentMistakes Text(TextContent text, ContentMistakes mistakes)
    {
        mistakes.Text("text.body", text.Body, MessageContentLimits.TextBodyMax);
        return mistakes;
    }

    private static ContentMistakes Media(MediaContent media, ContentMistakes mistakes)
    {
        var path = Word(media.Kind);
        mistakes.Media(path, media.Media);
        var captioned = media.Kind is MediaKind.Image or MediaKind.Video or MediaKind.Document;
        mistakes.AddIf(
            !captioned && media.Caption is not null,
            $"{path}.caption",
            "not_allowed",
            "Only image, video and document take a caption.");
        mistakes.OptionalText($"{path}.caption", media.Caption, MessageContentLimits.CaptionMax);
        mistakes.AddIf(
            media.Kind != MediaKind.Document && media.Filename is not null,
            $"{path}.filename",
            "not_allowed",
            "Only a document has a filename.");
        mistakes.AddIf(
            media.Kind != MediaKind.Audio && media.Voice,
            $"{path}.voice",
            "not_allowed",
            "Only audio can be a voice message.");
        return mistakes;
    }

    private static ContentMistakes Contacts(ContactsContent contacts, ContentMistakes mistakes)
    {
        mistakes.AddIf(contacts.Cards.Count == 0, "contacts", "missing", "At least 1 is needed.");
        for (var i = 0; i < contacts.Cards.Count; i++)
        {
            var name = contacts.Cards[i].Name;
            mistakes.AddIf(
                string.IsNullOrWhiteSpace(name?.Formatted),
                $"contacts[{i}].name.formatted_name",
                "missing",
                Blank);
            for (var p = 0; p < contacts.Cards[i].Phones.Count; p++)
            {
                mistakes.AddIf(
                    string.IsNullOrWhiteSpace(contacts.Cards[i].Phones[p].Phone),
                    $"contacts[{i}].phones[{p}].phone",
                    "missing",
                    Blank);
            }
        }

        return mistakes;
    }

    private static ContentMistakes Reaction(ReactionContent reaction, ContentMistakes mistakes)
    {
        mistakes.AddIf(string.IsNullOrWhiteSpace(reaction.TargetWamid), "reaction.message_id", "missing", Blank);
        mistakes.AddIf(
            reaction.Emoji is null,
            "reaction.emoji",
            "missing",
            "An emoji, or empty to take the reaction away.");
        return mistakes;
    }
}
