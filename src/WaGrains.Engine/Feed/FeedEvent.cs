using System.Text.Json.Serialization;
using WaGrains.Domain.Ids;

namespace WaGrains.Engine.Feed;

/// <summary>
/// One thing that has happened in a tenant, as the feed keeps it: ids and small words, never what a customer wrote. A
/// stored type: members may be added, none is ever renamed, and a reader passes over what it does not know, so that
/// two versions may read each other's rows.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record FeedEvent
{
    /// <summary>What happened, one of <see cref="FeedKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>In which conversation; events of one conversation keep their order.</summary>
    public ConversationId? Conversation { get; init; }

    /// <summary>To which message.</summary>
    public MessageId? Message { get; init; }

    /// <summary>To which number, where it is about the number itself.</summary>
    public PhoneNumberId? Number { get; init; }

    /// <summary>To or by which agent.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>To or for which team.</summary>
    public TeamId? Team { get; init; }

    /// <summary>To which bulk send.</summary>
    public BulkSendId? Send { get; init; }

    /// <summary>Numbers that the kind explains, by a snake_case word; null for none.</summary>
    public IReadOnlyDictionary<string, int>? Counts { get; init; }

    /// <summary>Public id of what an alert or a merge is about, where none of the above says it.</summary>
    public string? Subject { get; init; }

    /// <summary>A stable snake_case word that the kind explains, or an id.</summary>
    public string? Detail { get; init; }
}
