using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Grains;

namespace WaGrains.Host.Health;

/// <summary>Whether the process lives, and whether it should get traffic.</summary>
internal static class HealthEndpoints
{
    /// <summary>The cheapest read there is.</summary>
    private static readonly TenantId Nobody = TenantId.Parse("nobody");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/live", static () => TypedResults.Text("live"))
            .WithName("live").WithSummary("Answers while the process runs; depends on nothing else.");
        group.MapGet("/ready", Ready)
            .WithName("ready").WithSummary(
                "Whether this process should get traffic: 503 while it starts, stops or cannot read its store.");
    }

    private static async Task<IResult> Ready(
        SiloActive silo, IReads reads, IHostApplicationLifetime life, CancellationToken cancel)
    {
        if (!silo.Reached.IsCompletedSuccessfully || life.ApplicationStopping.IsCancellationRequested)
        {
            return TypedResults.Text("not a member", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            await reads.Tenant(Nobody, cancel);
            return TypedResults.Text("ready");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return TypedResults.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
