using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Host.Lists;

namespace WaGrains.Host.Events;

/// <summary>Something that has happened. What an event does not concern is null.</summary>
/// <param name="Id">Its place in the feed: ask for what comes after it.</param>
/// <param name="Type">message_received, message_queued, message_delivered, conversation_assigned, alert_raised, ...;
/// types may be added, so pass over unknown ones.</param>
/// <param name="At">When it was committed.</param>
/// <param name="ConversationId">In which conversation; events of one conversation keep their order.</param>
/// <param name="MessageId">To which message; its content and status are read there.</param>
/// <param name="NumberId">To which number.</param>
/// <param name="AgentId">Which agent.</param>
/// <param name="TeamId">Which team.</param>
/// <param name="SendId">To which bulk send.</param>
/// <param name="Counts">Numbers by name: of a bulk send that ended total, sent, delivered, read, failed.</param>
/// <param name="Subject">The id of what an alert or a merge is about.</param>
/// <param name="Detail">A small word: the message's type, its author, why it failed, the alert's kind, ...</param>
internal sealed record EventResource(
    string Id,
    string Type,
    DateTimeOffset At,
    ConversationId? ConversationId,
    MessageId? MessageId,
    PhoneNumberId? NumberId,
    AgentId? AgentId,
    TeamId? TeamId,
    BulkSendId? SendId,
    IReadOnlyDictionary<string, int>? Counts,
    string? Subject,
    string? Detail)
{
    public static EventResource Of(TenantId tenant, StoredEvent stored) => new(
        Cursor.Of(tenant, stored.Position),
        stored.Event.Kind,
        stored.At,
        stored.Event.Conversation,
        stored.Event.Message,
        stored.Event.Number,
        stored.Event.Agent,
        stored.Event.Team,
        stored.Event.Send,
        stored.Event.Counts,
        stored.Event.Subject,
        stored.Event.Detail);

    /// <summary>Nothing has happened; says how far the reader has come.</summary>
    public static EventResource Heartbeat(TenantId tenant, FeedPosition place, DateTimeOffset now) =>
        new(Cursor.Of(tenant, place), "heartbeat", now, null, null, null, null, null, null, null, null, null);
}

/// <summary>Some events, oldest first.</summary>
/// <param name="Data">The events; empty where nothing has happened since.</param>
/// <param name="NextCursor">Where to go on, always given: keep it, even after an empty page.</param>
/// <param name="HasMore">Whether there may be more already.</param>
internal sealed record EventPage(IReadOnlyList<EventResource> Data, string NextCursor, bool HasMore)
{
    public static EventPage Of(TenantId tenant, FeedPage page) => new(
        [.. page.Events.Select(stored => EventResource.Of(tenant, stored))],
        Cursor.Of(tenant, page.Next),
        page.HasMore);
}
