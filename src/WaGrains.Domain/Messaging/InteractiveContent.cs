using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>A message that asks for a tap.</summary>
/// <param name="Header">What stands above the body, if anything.</param>
/// <param name="Body">The text; always required.</param>
/// <param name="Footer">Small print, at most 60 characters.</param>
/// <param name="Action">What can be tapped.</param>
public sealed record InteractiveContent(
    InteractiveHeader? Header,
    string Body,
    string? Footer,
    InteractiveAction Action) : MessageContent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText =>
        FrozenList.Lines([(Header as TextHeader)?.Text, Body, Footer, .. Action.VisibleTexts]);

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextContent, TResult> text,
        Func<MediaContent, TResult> media,
        Func<LocationContent, TResult> location,
        Func<ContactsContent, TResult> contacts,
        Func<ReactionContent, TResult> reaction,
        Func<InteractiveContent, TResult> interactive,
        Func<TemplateContent, TResult> templated) => interactive(this);
}

/// <summary>What stands above the body of an interactive message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(TextHeader), "text")]
[JsonDerivedType(typeof(MediaHeader), "media")]
public abstract record InteractiveHeader
{
    private protected InteractiveHeader()
    {
    }

    /// <summary>The kind alone, so that no log line can carry message text by accident.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>A line of text above the body.</summary>
/// <param name="Text">At most 60 characters.</param>
public sealed record TextHeader(string Text) : InteractiveHeader;

/// <summary>A file above the body.</summary>
/// <param name="Kind">Image, video or document.</param>
/// <param name="Media">Where Meta finds it.</param>
/// <param name="Filename">The name a document is shown with.</param>
public sealed record MediaHeader(
    [property: JsonPropertyName("media_kind")] MediaKind Kind, MediaRef Media, string? Filename) : InteractiveHeader;
