using System.Text.Json.Serialization;

namespace WaGrains.Domain.Messaging;

/// <summary>What we can send: a closed set. A new kind adds a case and an argument to <c>Match</c>, and the compiler lists the rest.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TextContent), "text")]
public abstract record MessageContent
{
    private protected MessageContent()
    {
    }

    /// <summary>Every text a person could read in this message, joined by line breaks: what filters and previews look at.</summary>
    [JsonIgnore]
    public abstract string VisibleText { get; }
}

/// <summary>Plain text.</summary>
/// <param name="Body">1 to 4,096 characters.</param>
/// <param name="PreviewUrl">Whether the first link gets a preview.</param>
public sealed record TextContent(string Body, bool PreviewUrl) : MessageContent
{
    /// <inheritdoc/>
    public override string VisibleText => Body;
}
