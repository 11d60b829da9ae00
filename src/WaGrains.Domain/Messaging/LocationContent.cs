using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>A place on the map.</summary>
/// <param name="Latitude">Degrees, -90 to 90.</param>
/// <param name="Longitude">Degrees, -180 to 180.</param>
/// <param name="Name">What the place is called.</param>
/// <param name="Address">Where it is, in words.</param>
public sealed record LocationContent(double Latitude, double Longitude, string? Name, string? Address) : MessageContent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string VisibleText => FrozenList.Lines(Name, Address);

    /// <inheritdoc/>
    public override TResult Match<TResult>(
        Func<TextContent, TResult> text,
        Func<MediaContent, TResult> media,
        Func<LocationContent, TResult> location,
        Func<ContactsContent, TResult> contacts,
        Func<ReactionContent, TResult> reaction,
        Func<InteractiveContent, TResult> interactive,
        Func<TemplateContent, TResult> templated) => location(this);
}
