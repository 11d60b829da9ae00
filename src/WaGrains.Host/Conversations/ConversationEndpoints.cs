using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Conversations;

/// <summary>Conversations: who has the word, and handing it over.</summary>
internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/conversations").WithTags("Conversations").RefuseBadCommands();
        group.MapGet("/", List).WithName("listConversations").Needs(Permission.ReadConversations)
            .Refuses(ProblemCodes.ValidationFailed);
        group.MapGet("/{id}", Get).WithName("getConversation").Needs(Permission.ReadConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.NotTheHolder);
        group.MapPost("/{id}/assign", Assign).WithName("assignConversation").Needs(Permission.ActInConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.NotTheHolder, ProblemCodes.ConversationClosed);
        group.MapPost("/{id}/close", Close).WithName("closeConversation").Needs(Permission.ActInConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.NotTheHolder, ProblemCodes.ConversationClosed);
        group.MapPost("/{id}/reopen", Reopen).WithName("reopenConversation").Needs(Permission.StartConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.ConversationOpen);
    }

    /// <summary>
    /// Lists conversations, the most recently active first. An agent's key sees what the agent holds, or with
    /// <c>team</c> what waits in one of its
    /// teams.
    /// </summary>
    internal static async Task<Results<Ok<Page<ConversationResource>>, ProblemHttpResult>> List(
        [AsParameters] ConversationQuery query, Caller caller, ConversationShelf shelf, IStore store,
        CancellationToken cancel)
    {
        if (!query.TryRead(caller.Tenant, out var asked, out var page, out var mistakes))
        {
            return Problem.Of(mistakes);
        }

        if (await shelf.Narrow(caller, asked, cancel) is not { } filter)
        {
            return Problem.Of(ProblemCodes.ForbiddenRole, "An agent sees what it holds and what waits in its teams.");
        }

        var found = await store.Reads.Conversations(filter, cancel);
        return TypedResults.Ok(Page.Of(
            found,
            page,
            state => Cursor.Of(new ConversationPosition(state.LastActivityAt, state.Id)),
            ConversationResource.Of));
    }

    /// <summary>Reads one conversation; a merged one reads as the one it became.</summary>
    internal static async Task<Results<Ok<ConversationResource>, ProblemHttpResult>> Get(
        ConversationId id, Caller caller, ConversationShelf shelf, CancellationToken cancel)
    {
        var found = await shelf.Find(caller.Tenant, id, cancel);
        return found is null ? Problem.Of(ProblemCodes.NotFound)
            : await shelf.Sees(caller, found, cancel) ? TypedResults.Ok(ConversationResource.Of(found))
            : Problem.Of(ProblemCodes.NotTheHolder);
    }

    /// <summary>
    /// Hands the conversation to an agent by name, or to a team's queue. The answer says that it is under way; the
    /// conversation shows who took it.
    /// </summary>
    internal static async Task<Results<Accepted<ConversationResource>, ProblemHttpResult>> Assign(
        ConversationId id,
        Command<AssignRequest> command,
        Caller caller,
        ConversationDesk desk,
        CancellationToken cancel)
    {
        if (command.Body is { AgentId: null } == command.Body is { TeamId: null })
        {
            return Problem.Of("agent_id", "invalid", "Exactly one of agent_id and team_id.");
        }

        if (await desk.Unknown(caller.Tenant, command.Body, cancel) is { } unknown)
        {
            return unknown;
        }

        var (agent, team) = (command.Body.AgentId, command.Body.TeamId);
        var told = await desk.Tell(caller, id, new AssignConversation(agent, team, command.Key), command.Key, cancel);
        return told.Problem is { } problem ? problem : TypedResults.Accepted((string?)null, told.Now!);
    }

    /// <summary>Ends the conversation for now; the contact's next message reopens it.</summary>
    internal static async Task<Results<Ok<ConversationResource>, ProblemHttpResult>> Close(
        ConversationId id, Command<NoBody> command, Caller caller, ConversationDesk desk, CancellationToken cancel)
    {
        var close = new CloseConversation(caller.Agent, command.Key);
        var told = await desk.Tell(caller, id, close, command.Key, cancel);
        return told.Problem is { } problem ? problem : TypedResults.Ok(told.Now!);
    }

    /// <summary>Opens a closed conversation and puts it into its team's queue.</summary>
    internal static async Task<Results<Ok<ConversationResource>, ProblemHttpResult>> Reopen(
        ConversationId id, Command<NoBody> command, Caller caller, ConversationDesk desk, CancellationToken cancel)
    {
        var told = await desk.Tell(caller, id, new ReopenConversation(command.Key), command.Key, cancel);
        return told.Problem is { } problem ? problem : TypedResults.Ok(told.Now!);
    }
}
