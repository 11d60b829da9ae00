using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>A file: picture, video, sound, document or sticker.</summary>
/// <param name="Kind">What the file is; stickers and sounds take no caption.</param>
/// <param name="Media">Where Meta finds it.</param>
/// <param name="Caption">Text under image, video or document, at most 1,024 characters.</param>
/// <param name="Filename">The name a document is shown with; only for documents.</param>
/// <param name="Voice">Whether a sound is shown as a voice message; only for audio.</param>
public sealed record MediaContent(
    [property: JsonPropertyName("media_kind")] MediaKind Kind,
    MediaRef Media,
    string? Caption,
    string? Filename,
    bool Voice) : MessageContent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => FrozenList.Lines(Caption, Filename);

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextContent, TResult> text,
        Func<MediaContent, TResult> media,
        Func<LocationContent, TResult> location,
        Func<ContactsContent, TResult> contacts,
        Func<ReactionContent, TResult> reaction,
        Func<InteractiveContent, TResult> interactive,
        Func<TemplateContent, TResult> templated) => media(this);
}

/// <summary>Where Meta finds a file: exactly one of the two is given.</summary>
/// <param name="Id">A media id from an upload (valid 30 days) or an inbound message (7 days).</param>
/// <param name="Link">An https address Meta fetches it from, and caches for 10 minutes.</param>
public sealed record MediaRef(string? Id, string? Link);

/// <summary>The kinds of file WhatsApp knows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaKind>))]
public enum MediaKind
{
    [JsonStringEnumMemberName("image")]
    Image,

    [JsonStringEnumMemberName("video")]
    Video,

    [JsonStringEnumMemberName("audio")]
    Audio,

    [JsonStringEnumMemberName("document")]
    Document,

    [JsonStringEnumMemberName("sticker")]
    Sticker,
}
