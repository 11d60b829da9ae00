using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Host.Access;

namespace WaGrains.Host.Conversations;

/// <summary>Finds conversations as a caller may see them. A merged one leads to the one it became.</summary>
internal sealed class ConversationShelf(IStore store, Reach reach)
{
    /// <summary>Merges follow one another at most so often before a look-up gives up.</summary>
    private const int MergesMax = 16;

    /// <summary>The conversation with this id, or the one it became; null if the tenant has none.</summary>
    public async ValueTask<ConversationState?> Find(TenantId tenant, ConversationId id, CancellationToken cancel)
    {
        var found = await store.Reads.Conversation(tenant, id, cancel);
        for (var i = 0; i < MergesMax && found is { Phase: ConversationPhase.Alias, AliasOf: { } survivor }; i++)
        {
            found = await store.Reads.Conversation(tenant, survivor, cancel);
        }

        return found;
    }

    /// <summary>Whether the caller may see it.</summary>
    public ValueTask<bool> Sees(Caller caller, ConversationState found, CancellationToken cancel) =>
        reach.Sees(caller, found, cancel);

    /// <summary>
    /// The filter that shows an agent no more than it may see: what it holds, or what waits in one of its teams. Null
    /// where it asks for more.
    /// </summary>
    public async ValueTask<ConversationFilter?> Narrow(
        Caller caller, ConversationFilter filter, CancellationToken cancel)
    {
        if (caller.Agent is not { } agent)
        {
            return filter;
        }

        if (filter.Team is { } team && filter.Phase is null or ConversationPhase.Waiting && filter.Holder is null)
        {
            return await reach.IsIn(caller, team, cancel) ? filter with { Phase = ConversationPhase.Waiting } : null;
        }

        return (filter.Holder ?? agent) == agent ? filter with { Holder = agent } : null;
    }
}
