using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>An emoji set on, or taken from, a message of the same conversation.</summary>
/// <param name="TargetWamid">The message reacted to.</param>
/// <param name="Emoji">One emoji; empty takes the reaction away.</param>
public sealed record ReactionContent(string TargetWamid, string Emoji) : MessageContent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => Emoji;

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextContent, TResult> text,
        Func<MediaContent, TResult> media,
        Func<LocationContent, TResult> location,
        Func<ContactsContent, TResult> contacts,
        Func<ReactionContent, TResult> reaction,
        Func<InteractiveContent, TResult> interactive,
        Func<TemplateContent, TResult> templated) => reaction(this);
}
