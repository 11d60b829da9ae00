using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Reading;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Messages;

/// <summary>Filters of a list of messages; all given must hold.</summary>
/// <param name="Direction">inbound, outbound or echo.</param>
/// <param name="Status">received, queued, accepted, sent, delivered, read, played, failed, expired, cancelled or
/// unknown.</param>
/// <param name="Since">Not older than this.</param>
/// <param name="Limit">At most so many items, 1 to 200; 50 unless given.</param>
/// <param name="Cursor">The <c>next_cursor</c> of the page before.</param>
internal readonly record struct MessageQuery(
    string? Direction, string? Status, string? Since, string? Limit, string? Cursor)
{
    /// <summary>The filter over these conversations (all of the tenant's if none), and the page it is for.</summary>
    public bool TryRead(
        TenantId tenant,
        IReadOnlyList<ConversationId> conversations,
        out MessageFilter filter,
        out PageRequest page,
        out IReadOnlyList<FieldMistake> mistakes)
    {
        var read = new QueryReader();
        page = PageRequest.Read(Limit, Cursor, cursor => Lists.Cursor.ReadMessage(cursor) is not null, read.Mistakes);
        filter = new MessageFilter(
            tenant,
            conversations,
            read.Word<Direction>("direction", Direction),
            read.Word<MessageStatus>("status", Status),
            read.Time("since", Since),
            Cursor is null ? null : Lists.Cursor.ReadMessage(Cursor),
            page.Limit + 1);
        mistakes = read.Mistakes;
        return read.Mistakes.Count == 0;
    }
}
