using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>
/// A message from a template that Meta has approved: the only kind that may leave outside the 24 h window.
/// </summary>
/// <param name="Name">1 to 512 characters of a-z, 0-9 and underscore.</param>
/// <param name="Language">Meta's code, such as <c>en_US</c>.</param>
/// <param name="Category">What the template counts as, as far as we know; not part of what Meta is told.</param>
/// <param name="HeaderParameters">What fills the header: a text, a place or a file.</param>
/// <param name="BodyParameters">What fills the body, by position or all by name.</param>
/// <param name="Buttons">What fills the buttons; at most ten.</param>
public sealed record TemplateContent(
    string Name,
    string Language,
    TemplateCategory Category,
    IReadOnlyList<TemplateParameter> HeaderParameters,
    IReadOnlyList<TemplateParameter> BodyParameters,
    IReadOnlyList<TemplateButton> Buttons) : MessageContent
{
    /// <inheritdoc cref="TemplateContent"/>
    public IReadOnlyList<TemplateParameter> HeaderParameters { get; init; } = FrozenList.Of(HeaderParameters);

    /// <inheritdoc cref="TemplateContent"/>
    public IReadOnlyList<TemplateParameter> BodyParameters { get; init; } = FrozenList.Of(BodyParameters);

    /// <inheritdoc cref="TemplateContent"/>
    public IReadOnlyList<TemplateButton> Buttons { get; init; } = FrozenList.Of(Buttons);

    /// <summary>The texts we fill in; the template's own words are Meta's to know and were approved by it.</summary>
    [JsonIgnore]
    public override string VisibleText => FrozenList.Lines(
        HeaderParameters.Concat(BodyParameters).Concat(Buttons.SelectMany(button => button.Parameters))
            .Select(parameter => parameter.VisibleText));

    /// <inheritdoc/>
    public bool Equals(TemplateContent? other) =>
        other is not null && Name == other.Name && Language == other.Language && Category == other.Category
        && FrozenList.Same(HeaderParameters, other.HeaderParameters)
        && FrozenList.Same(BodyParameters, other.BodyParameters) && FrozenList.Same(Buttons, other.Buttons);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Language, Category, FrozenList.Hash(BodyParameters));

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextContent, TResult> text,
        Func<MediaContent, TResult> media,
        Func<LocationContent, TResult> location,
        Func<ContactsContent, TResult> contacts,
        Func<ReactionContent, TResult> reaction,
        Func<InteractiveContent, TResult> interactive,
        Func<TemplateContent, TResult> templated) => templated(this);
}

/// <summary>What a template counts as for limits, consent and price.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TemplateCategory>))]
public enum TemplateCategory
{
    /// <summary>Not told; policies treat it as the strictest, marketing.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    [JsonStringEnumMemberName("marketing")]
    Marketing,

    [JsonStringEnumMemberName("utility")]
    Utility,

    [JsonStringEnumMemberName("authentication")]
    Authentication,
}

/// <summary>What fills one button of a template.</summary>
/// <param name="Kind">The button's sub type.</param>
/// <param name="Index">Its position in the template, from 0.</param>
/// <param name="Parameters">Usually one.</param>
public sealed record TemplateButton(TemplateButtonKind Kind, int Index, IReadOnlyList<TemplateParameter> Parameters)
{
    /// <inheritdoc cref="TemplateButton"/>
    public IReadOnlyList<TemplateParameter> Parameters { get; init; } = FrozenList.Of(Parameters);

    /// <inheritdoc/>
    public bool Equals(TemplateButton? other) =>
        other is not null && Kind == other.Kind && Index == other.Index
        && FrozenList.Same(Parameters, other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Index, FrozenList.Hash(Parameters));
}

/// <summary>The sub types of template buttons.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TemplateButtonKind>))]
public enum TemplateButtonKind
{
    [JsonStringEnumMemberName("quick_reply")]
    QuickReply,

    [JsonStringEnumMemberName("url")]
    Url,

    [JsonStringEnumMemberName("copy_code")]
    CopyCode,

    [JsonStringEnumMemberName("flow")]
    Flow,

    [JsonStringEnumMemberName("catalog")]
    Catalog,

    [JsonStringEnumMemberName("mpm")]
    MultiProduct,

    [JsonStringEnumMemberName("voice_call")]
    VoiceCall,
}
