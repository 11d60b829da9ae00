using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Host.Access;
using WaGrains.Host.Configuration;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Silo;

/// <summary>Which pool of silos serves a tenant: for the operator's key alone.</summary>
internal static class PoolEndpoints
{
    public static void MapPools(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/admin/tenants/{id}/pool").WithTags("Admin").RefuseBadCommands();
        group.MapPut("/{pool}", Give)
            .WithName("placeTenant")
            .WithSummary("Gives a tenant to a pool of silos; its numbers go there within seconds.")
            .Needs(Permission.Operate);
        group.MapDelete("/", TakeBack)
            .WithName("returnTenant")
            .WithSummary("Gives a tenant back to the shared pool.")
            .Needs(Permission.Operate);
    }

    private static async Task<Results<Ok<PoolResource>, ProblemHttpResult>> Give(
        TenantId id, string pool, Command<NoBody> command, Commands commands, CancellationToken cancel) =>
        ClusterOptions.IsWord(pool)
            ? await Place(id, pool, command, commands, cancel)
            : Problem.Of("pool", "invalid", "1 to 63 of a-z 0-9 -.");

    private static Task<Results<Ok<PoolResource>, ProblemHttpResult>> TakeBack(
        TenantId id, Command<NoBody> command, Commands commands, CancellationToken cancel) =>
        Place(id, null, command, commands, cancel);

    private static async Task<Results<Ok<PoolResource>, ProblemHttpResult>> Place(
        TenantId id, string? pool, Command<NoBody> command, Commands commands, CancellationToken cancel)
    {
        var reply = await commands.Ask(OwnerKey.Of(id), new PlaceTenant(pool, command.Key), command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? refusal
            : TypedResults.Ok(new PoolResource(id, ((TenantView)reply).State.Pool));
    }
}

/// <summary>The pool of a tenant.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="Pool">Its label; null for the shared one.</param>
internal sealed record PoolResource(TenantId TenantId, string? Pool);
