using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>Plain text.</summary>
/// <param name="Body">1 to 4,096 characters.</param>
/// <param name="PreviewUrl">Whether the first link gets a preview.</param>
public sealed record TextContent(string Body, bool PreviewUrl) : MessageContent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => Body;

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextContent, TResult> text,
        Func<MediaContent, TResult> media,
        Func<LocationContent, TResult> location,
        Func<ContactsContent, TResult> contacts,
        Func<ReactionContent, TResult> reaction,
        Func<InteractiveContent, TResult> interactive,
        Func<TemplateContent, TResult> templated) => text(this);
}
