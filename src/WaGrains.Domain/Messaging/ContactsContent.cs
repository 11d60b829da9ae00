using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>Address cards.</summary>
/// <param name="Cards">At least one.</param>
public sealed record ContactsContent(IReadOnlyList<ContactCard> Cards) : MessageContent
{
    /// <inheritdoc cref="ContactsContent"/>
    public IReadOnlyList<ContactCard> Cards { get; init; } = FrozenList.Of(Cards);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => FrozenList.Lines(Cards.Select(card => card.VisibleText));

    /// <inheritdoc/>
    public bool Equals(ContactsContent? other) => other is not null && FrozenList.Same(Cards, other.Cards);

    /// <inheritdoc/>
    public override int GetHashCode() => FrozenList.Hash(Cards);

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextContent, TResult> text,
        Func<MediaContent, TResult> media,
        Func<LocationContent, TResult> location,
        Func<ContactsContent, TResult> contacts,
        Func<ReactionContent, TResult> reaction,
        Func<InteractiveContent, TResult> interactive,
        Func<TemplateContent, TResult> templated) => contacts(this);
}
