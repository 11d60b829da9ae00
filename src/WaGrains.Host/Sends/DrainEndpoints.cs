using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Drawing;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Sends;

/// <summary>Pictures of bulk sends.</summary>
internal static class DrainEndpoints
{
    public static void MapDrain(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/sends/{id}/drain.svg", Chart).WithTags("Sends").WithName("drawSend")
            .Needs(Permission.ReadAllMessages).Refuses(ProblemCodes.NotFound)
            .Produces<string>(StatusCodes.Status200OK, Svg.MediaType);

    /// <summary>Draws how a bulk send has come along, sent, delivered, read and failed over time, and when it would be
    /// over.</summary>
    internal static async Task<Results<ContentHttpResult, ProblemHttpResult>> Chart(
        BulkSendId id, Caller caller, IStore store, DrainReader reader, CancellationToken cancel) =>
        await store.Reads.BulkSend(caller.Tenant, id, cancel) is { } send
            ? TypedResults.Content(DrainChart.Draw(await reader.Of(send, cancel)), Svg.MediaType)
            : Problem.Of(ProblemCodes.NotFound);
}
