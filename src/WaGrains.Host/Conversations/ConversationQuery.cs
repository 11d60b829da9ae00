using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Conversations;

/// <summary>Filters of the list of conversations; all given must hold.</summary>
/// <param name="Phase">new, bot, waiting, held, closed, merging or alias; all but aliases unless given.</param>
/// <param name="Holder">Held by this agent.</param>
/// <param name="Team">Of this team.</param>
/// <param name="Number">Of this number.</param>
/// <param name="Limit">At most so many items, 1 to 200; 50 unless given.</param>
/// <param name="Cursor">The <c>next_cursor</c> of the page before.</param>
internal readonly record struct ConversationQuery(
    string? Phase, string? Holder, string? Team, string? Number, string? Limit, string? Cursor)
{
    /// <summary>The filter, and the page it is for.</summary>
    public bool TryRead(
        TenantId tenant, out ConversationFilter filter, out PageRequest page, out IReadOnlyList<FieldMistake> mistakes)
    {
        var read = new QueryReader();
        page = PageRequest.Read(
            Limit, Cursor, cursor => Lists.Cursor.ReadConversation(cursor) is not null, read.Mistakes);
        filter = new ConversationFilter(
            tenant,
            read.Word<ConversationPhase>("phase", Phase),
            read.Id<AgentId>("holder", Holder),
            read.Id<TeamId>("team", Team),
            read.Id<PhoneNumberId>("number", Number),
            Cursor is null ? null : Lists.Cursor.ReadConversation(Cursor),
            page.Limit + 1);
        mistakes = read.Mistakes;
        return read.Mistakes.Count == 0;
    }
}
