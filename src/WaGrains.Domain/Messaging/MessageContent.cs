using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>
/// What we can send: a closed set. A new kind adds a case and an argument to <c>Match</c>, and the compiler lists the
/// rest.
/// </summary>
/// <remarks>
/// In stored JSON <c>kind</c> comes first. A store that reorders keys (PostgreSQL's jsonb does) must read with
/// <c>AllowOutOfOrderMetadataProperties</c>. A kind's own property of that name needs another in JSON, or no content
/// at all can be written.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(TextContent), "text")]
[JsonDerivedType(typeof(MediaContent), "media")]
[JsonDerivedType(typeof(LocationContent), "location")]
[JsonDerivedType(typeof(ContactsContent), "contacts")]
[JsonDerivedType(typeof(ReactionContent), "reaction")]
[JsonDerivedType(typeof(InteractiveContent), "interactive")]
[JsonDerivedType(typeof(TemplateContent), "template")]
public abstract record MessageContent
{
    private protected MessageContent()
    {
    }

    /// <summary>
    /// Every text a person could read in this message, joined by line breaks: what filters and previews look at.
    /// </summary>
    [JsonIgnore]
    public abstract string VisibleText { get; }

    /// <summary>Calls the one function that fits the kind.</summary>
    public abstract TResult Match<TResult>(
        Func<TextContent, TResult> text,
        Func<MediaContent, TResult> media,
        Func<LocationContent, TResult> location,
        Func<ContactsContent, TResult> contacts,
        Func<ReactionContent, TResult> reaction,
        Func<InteractiveContent, TResult> interactive,
        Func<TemplateContent, TResult> templated);

    /// <summary>The kind alone, so that no log line or exception can carry a customer's words by accident.</summary>
    public sealed override string ToString() => GetType().Name;
}
