using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Ids;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Teams;

/// <summary>Teams: who shares a queue, and how it is shared out.</summary>
internal static class TeamEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/teams").WithTags("Teams").RefuseBadCommands();
        group.MapPost("/", Add).WithName("addTeam").Needs(Permission.ChangeStaff).Refuses();
        group.MapGet("/", List).WithName("listTeams").Needs(Permission.ReadStaff).Refuses(
            ProblemCodes.ValidationFailed);
        group.MapPatch("/{id}", Change).WithName("changeTeam").Needs(Permission.ChangeStaff)
            .Refuses(ProblemCodes.NotFound);
    }

    /// <summary>Adds a team.</summary>
    internal static async Task<Results<Created<TeamResource>, ProblemHttpResult>> Add(
        Command<TeamRequest> command,
        Caller caller,
        Commands commands,
        IdSource ids,
        IStore store,
        CancellationToken cancel)
    {
        var body = command.Body;
        if (await Mistakes(body, isNew: true, caller, store, cancel) is { Count: > 0 } mistakes)
        {
            return Problem.Of(mistakes);
        }

        var id = ids.NewTeam(caller.Tenant, command.Key);
        var configure = new ConfigureTeam(
            body.Name!, body.Strategy ?? RoutingStrategy.LeastLoaded, body.Members ?? [], command.Key);
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), configure, command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? refusal
            : TypedResults.Created(
                $"/v1/teams/{id}", TeamResource.Of((await store.Reads.Team(caller.Tenant, id, cancel))!.State));
    }

    /// <summary>Lists the tenant's teams.</summary>
    internal static async Task<Results<Ok<Page<TeamResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, Caller caller, IStore store, CancellationToken cancel) =>
        query.TryRead(out var page, out var mistakes)
            ? TypedResults.Ok(Page.OfAll(
                await store.Reads.Teams(caller.Tenant, cancel), page, state => state.Id.ToString(), TeamResource.Of))
            : Problem.Of(mistakes);

    /// <summary>Changes what is given.</summary>
    internal static async Task<Results<Ok<TeamResource>, ProblemHttpResult>> Change(
        TeamId id, Command<TeamRequest> command, Caller caller, Commands commands, IStore store,
        CancellationToken cancel)
    {
        if (await store.Reads.Team(caller.Tenant, id, cancel) is not { State: var state })
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var body = command.Body;
        if (await Mistakes(body, isNew: false, caller, store, cancel) is { Count: > 0 } mistakes)
        {
            return Problem.Of(mistakes);
        }

        var configure = new ConfigureTeam(
            body.Name ?? state.Name, body.Strategy ?? state.Strategy, body.Members ?? state.Members, command.Key);
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), configure, command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? refusal
            : TypedResults.Ok(TeamResource.Of((await store.Reads.Team(caller.Tenant, id, cancel))!.State));
    }

    private static async ValueTask<List<FieldMistake>> Mistakes(
        TeamRequest body, bool isNew, Caller caller, IStore store, CancellationToken cancel)
    {
        var mistakes = body.Mistakes(isNew);
        if (mistakes.Count > 0 || body.Members is not { Count: > 0 } members)
        {
            return mistakes;
        }

        var known = (await store.Reads.Agents(caller.Tenant, cancel)).Select(agent => agent.State.Id).ToHashSet();
        for (var i = 0; i < members.Count; i++)
        {
            if (!known.Contains(members[i]))
            {
                mistakes.Add(new FieldMistake($"members[{i}]", "not_found", "There is no such agent."));
            }
        }

        return mistakes;
    }
}
