using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Stops;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Stops;

/// <summary>What Meta takes from none of an account's numbers.</summary>
internal static class StopEndpoints
{
    public static void MapStops(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/stops").WithTags("Stops").RefuseBadCommands();
        group.MapGet("/", List).WithName("listStops").Needs(Permission.ReadNumbers)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.ValidationFailed);
        group.MapPost("/{id}/lift", Lift).WithName("liftStop").Needs(Permission.ChangeNumbers)
            .Refuses(ProblemCodes.NotFound);
    }

    /// <summary>Lists the templates, kinds of messages and accounts that are stopped at present, oldest first. A stop
    /// of one number alone is part of that number's pace.</summary>
    internal static async Task<Results<Ok<Page<StopResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, Caller caller, IStore store, TimeProvider clock, CancellationToken cancel)
    {
        if (!query.TryRead(out var page, out var mistakes))
        {
            return Problem.Of(mistakes);
        }

        var now = clock.GetUtcNow();
        return await store.Reads.Tenant(caller.Tenant, cancel) is { } tenant
            ? TypedResults.Ok(Page.OfAll(
                [.. (tenant.Stops ?? []).Where(stop => stop.HoldsAt(now))],
                page,
                stop => $"{stop.Since.UtcTicks:d19} {stop.Id}",
                StopResource.Of))
            : Problem.Of(ProblemCodes.NotFound);
    }

    /// <summary>Lifts a stop: what waits leaves within a minute. If Meta still refuses, the next message brings the
    /// stop back.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Lift(
        string id, Command<NoBody> command, Caller caller, Commands commands, CancellationToken cancel)
    {
        var reply = await commands.Ask(caller.Owner, new LiftStop(id, command.Key), command.Key, cancel);
        return reply.Refuses(out var refusal) ? refusal : TypedResults.NoContent();
    }
}
