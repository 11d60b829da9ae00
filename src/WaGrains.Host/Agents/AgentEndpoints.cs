using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Ids;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Agents;

/// <summary>Agents: who answers, how much each can take, and who is there.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/agents").WithTags("Agents").RefuseBadCommands();
        group.MapPost("/", Add).WithName("addAgent").Needs(Permission.ChangeStaff).Refuses();
        group.MapGet("/", List).WithName("listAgents").Needs(Permission.ReadStaff)
            .Refuses(ProblemCodes.ValidationFailed);
        group.MapGet("/{id}", Get).WithName("getAgent").Needs(Permission.ReadStaff).Refuses(ProblemCodes.NotFound);
        group.MapPatch("/{id}", Change).WithName("changeAgent").Needs(Permission.ChangeStaff)
            .Refuses(ProblemCodes.NotFound);
        group.MapPut("/{id}/presence", Appear).WithName("setPresence").Needs(Permission.SetPresence)
            .Refuses(ProblemCodes.NotFound);
    }

    /// <summary>Adds an agent, who is offline at first.</summary>
    internal static async Task<Results<Created<AgentResource>, ProblemHttpResult>> Add(
        Command<AgentRequest> command,
        Caller caller,
        Commands commands,
        IdSource ids,
        IStore store,
        CancellationToken cancel)
    {
        if (command.Body.Mistakes(isNew: true) is { Count: > 0 } mistakes)
        {
            return Problem.Of(mistakes);
        }

        var id = ids.NewAgent(caller.Tenant, command.Key);
        var configure = new ConfigureAgent(command.Body.Name!, CapacityOf(command.Body.Capacity), command.Key);
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), configure, command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? refusal
            : TypedResults.Created(
                $"/v1/agents/{id}", AgentResource.Of((await store.Reads.Agent(caller.Tenant, id, cancel))!));
    }

    /// <summary>Lists the tenant's agents with what they hold.</summary>
    internal static async Task<Results<Ok<Page<AgentResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, Caller caller, IStore store, CancellationToken cancel) =>
        query.TryRead(out var page, out var mistakes)
            ? TypedResults.Ok(Page.OfAll(
                await store.Reads.Agents(caller.Tenant, cancel), page,
                stored => stored.State.Id.ToString(), AgentResource.Of))
            : Problem.Of(mistakes);

    /// <summary>Reads one agent.</summary>
    internal static async Task<Results<Ok<AgentResource>, ProblemHttpResult>> Get(
        AgentId id, Caller caller, IStore store, CancellationToken cancel) =>
        await store.Reads.Agent(caller.Tenant, id, cancel) is { } stored
            ? TypedResults.Ok(AgentResource.Of(stored))
            : Problem.Of(ProblemCodes.NotFound);

    /// <summary>Changes what is given.</summary>
    internal static async Task<Results<Ok<AgentResource>, ProblemHttpResult>> Change(
        AgentId id, Command<AgentRequest> command, Caller caller, Commands commands, IStore store,
        CancellationToken cancel)
    {
        if (await store.Reads.Agent(caller.Tenant, id, cancel) is not { State: var state })
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        if (command.Body.Mistakes(isNew: false) is { Count: > 0 } mistakes)
        {
            return Problem.Of(mistakes);
        }

        var capacity = command.Body.Capacity is { } given ? new AgentCapacity(given) : state.Capacity;
        var configure = new ConfigureAgent(command.Body.Name ?? state.Name, capacity, command.Key);
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), configure, command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? refusal
            : TypedResults.Ok(AgentResource.Of((await store.Reads.Agent(caller.Tenant, id, cancel))!));
    }

    /// <summary>Says that an agent comes, goes or pauses. An agent's key may say so of its own agent.</summary>
    internal static async Task<Results<Ok<AgentResource>, ProblemHttpResult>> Appear(
        AgentId id, Command<PresenceRequest> command, Caller caller, Commands commands, IStore store,
        CancellationToken cancel)
    {
        if (caller.Agent is { } own && own != id)
        {
            return Problem.Of(ProblemCodes.ForbiddenRole, "An agent's key speaks for that agent alone.");
        }

        if (command.Body.Presence is not { } presence)
        {
            return Problem.Of("presence", "missing", "offline, available or away.");
        }

        var set = new SetPresence(presence, command.Body.Requeue);
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), set, command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? refusal
            : TypedResults.Ok(AgentResource.Of((await store.Reads.Agent(caller.Tenant, id, cancel))!));
    }

    private static AgentCapacity CapacityOf(int? given) =>
        given is { } capacity ? new AgentCapacity(capacity) : AgentCapacity.Default;
}
