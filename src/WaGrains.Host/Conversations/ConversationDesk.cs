using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Conversations;

/// <summary>
/// Gives a conversation a command on behalf of a caller who may act in it, and shows how it stands then.
/// </summary>
internal sealed class ConversationDesk(ConversationShelf shelf, Commands commands, IStore store)
{
    /// <summary>The conversation after the command, or why it was not given or refused.</summary>
    public async Task<Told> Tell(
        Caller caller, ConversationId id, ConversationMessage message, IdempotencyKey? key, CancellationToken cancel)
    {
        var reply = await commands.Kept(caller.Tenant, key, cancel);
        if (reply is null)
        {
            if (await Untouchable(caller, id, cancel) is { } untouchable)
            {
                return new Told(null, untouchable);
            }

            reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), message, key, cancel);
        }

        return reply.Refuses(out var refusal)
            ? new Told(null, refusal)
            : new Told(ConversationResource.Of((await shelf.Find(caller.Tenant, id, cancel))!), null);
    }

    /// <summary>Why the caller may not act in this conversation; null if it may.</summary>
    public async ValueTask<ProblemHttpResult?> Untouchable(Caller caller, ConversationId id, CancellationToken cancel)
    {
        var found = await shelf.Find(caller.Tenant, id, cancel);
        return found is null ? Problem.Of(ProblemCodes.NotFound)
            : Reach.Holds(caller, found) ? null
            : Problem.Of(ProblemCodes.NotTheHolder);
    }

    /// <summary>The agent or team of an assignment that the tenant does not have; null where both are fine.</summary>
    public async ValueTask<ProblemHttpResult?> Unknown(TenantId tenant, AssignRequest request, CancellationToken cancel)
    {
        if (request.AgentId is { } agent && await store.Reads.Agent(tenant, agent, cancel) is null)
        {
            return Problem.At("agent_id", ProblemCodes.NotFound, "There is no such agent.");
        }

        return request.TeamId is { } team && await store.Reads.Team(tenant, team, cancel) is null
            ? Problem.At("team_id", ProblemCodes.NotFound, "There is no such team.")
            : null;
    }
}

/// <summary>What came of a command to a conversation: exactly one is set.</summary>
/// <param name="Now">How it stands.</param>
/// <param name="Problem">Why nothing was done.</param>
internal sealed record Told(ConversationResource? Now, ProblemHttpResult? Problem);
