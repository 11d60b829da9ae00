using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Portfolios;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Portfolios;

/// <summary>Business portfolios: what Meta's messaging limit leaves their numbers.</summary>
internal static class PortfolioEndpoints
{
    public static void MapPortfolios(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/portfolios").WithTags("Portfolios").RefuseBadCommands();
        group.MapGet("/", List).WithName("listPortfolios").Needs(Permission.ReadNumbers)
            .Refuses(ProblemCodes.ValidationFailed);
        group.MapGet("/{id}", Get).WithName("getPortfolio").Needs(Permission.ReadNumbers)
            .Refuses(ProblemCodes.NotFound);
        group.MapPut("/{id}", Set).WithName("setMessagingLimit").Needs(Permission.ChangeNumbers)
            .Refuses(ProblemCodes.NotFound);
    }

    /// <summary>Lists the tenant's portfolios, and how much of its messaging limit each has left.</summary>
    internal static async Task<Results<Ok<Page<PortfolioResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, Caller caller, IOwners owners, IStore store, CancellationToken cancel)
    {
        if (!query.TryRead(out var page, out var mistakes))
        {
            return Problem.Of(mistakes);
        }

        List<PortfolioResource> all = [];
        foreach (var state in await store.Reads.Portfolios(caller.Tenant, cancel))
        {
            if (await owners.Ask(state.Owner, ReadPortfolio.Message, cancel) is PortfolioView view)
            {
                all.Add(PortfolioResource.Of(view));
            }
        }

        return TypedResults.Ok(Page.OfAll(all, page, portfolio => portfolio.Id.ToString(), portfolio => portfolio));
    }

    /// <summary>Reads one portfolio, and how much of its messaging limit is left.</summary>
    internal static async Task<Results<Ok<PortfolioResource>, ProblemHttpResult>> Get(
        PortfolioId id, Caller caller, IOwners owners, CancellationToken cancel)
    {
        var reply = await owners.Ask(OwnerKey.Of(caller.Tenant, id), ReadPortfolio.Message, cancel);
        return reply.Refuses(out var refusal) ? refusal : TypedResults.Ok(PortfolioResource.Of((PortfolioView)reply));
    }

    /// <summary>
    /// Sets a portfolio's messaging limit until Meta tells another. One that is lower than what is used refuses new
    /// people until enough of the others have ceased to count.
    /// </summary>
    internal static async Task<Results<Ok<PortfolioResource>, ProblemHttpResult>> Set(
        PortfolioId id, Command<LimitRequest> command, Caller caller, Commands commands, IStore store,
        CancellationToken cancel)
    {
        if (command.Body.Mistakes() is { Count: > 0 } mistakes)
        {
            return Problem.Of(mistakes);
        }

        if (await store.Reads.Portfolio(caller.Tenant, id, cancel) is null)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var set = new SetMessagingLimit(command.Body.Limit, "operator", command.Key);
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), set, command.Key, cancel);
        return reply.Refuses(out var refusal) ? refusal
            : reply is PortfolioView view ? TypedResults.Ok(PortfolioResource.Of(view))
            : Problem.Of(ProblemCodes.KeyReused);
    }
}
