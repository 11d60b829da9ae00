using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Tenants;

/// <summary>Tenants: for the operator's key alone.</summary>
internal static class TenantEndpoints
{
    private const int NameCharsMax = 100;

    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/admin/tenants").WithTags("Tenants").RefuseBadCommands();
        group.MapPost("/", Make).WithName("makeTenant").Needs(Permission.Operate).Refuses(ProblemCodes.AlreadyExists);
        group.MapGet("/", List).WithName("listTenants").Needs(Permission.Operate).Refuses(
            ProblemCodes.ValidationFailed);
        group.MapGet("/{id}", Get).WithName("getTenant").Needs(Permission.Operate).Refuses(ProblemCodes.NotFound);
    }

    /// <summary>Makes a tenant and its first key, which the answer shows once.</summary>
    internal static async Task<Results<Created<NewTenantResource>, ProblemHttpResult>> Make(
        Command<TenantRequest> command, Commands commands, CancellationToken cancel)
    {
        var body = command.Body;
        if (Mistakes(body) is { Count: > 0 } mistakes)
        {
            return Problem.Of(mistakes);
        }

        var owner = OwnerKey.Of(body.Id!.Value);
        var create = new CreateTenant(body.Name!, ConfigurationOf(body));
        var made = await commands.Ask(owner, create, null, cancel);
        if (made.Refuses(out var refusal))
        {
            return refusal;
        }

        var secret = ApiKeySecret.New();
        var added = await commands.Ask(owner, new AddApiKey(secret.Hash, "owner", Role.Owner, null), null, cancel);
        var state = ((TenantView)made).State;
        return added.Refuses(out refusal)
            ? refusal
            : TypedResults.Created($"/admin/tenants/{state.Id}", NewTenantResource.Of(state, secret));
    }

    /// <summary>Lists all tenants.</summary>
    internal static async Task<Results<Ok<Page<TenantResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, IStore store, CancellationToken cancel) =>
        query.TryRead(out var page, out var mistakes)
            ? TypedResults.Ok(Page.OfAll(
                await store.Reads.Tenants(cancel), page, state => state.Id.Value, TenantResource.Of))
            : Problem.Of(mistakes);

    /// <summary>Reads one tenant.</summary>
    internal static async Task<Results<Ok<TenantResource>, ProblemHttpResult>> Get(
        TenantId id, IStore store, CancellationToken cancel) =>
        await store.Reads.Tenant(id, cancel) is { } state
            ? TypedResults.Ok(TenantResource.Of(state))
            : Problem.Of(ProblemCodes.NotFound);

    private static List<FieldMistake> Mistakes(TenantRequest request)
    {
        var mistakes = new List<FieldMistake>();
        if (request.Id is null)
        {
            mistakes.Add(new FieldMistake("id", "missing", "A slug of 1 to 32 of a-z 0-9 -, first a letter."));
        }

        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > NameCharsMax)
        {
            var code = request.Name is null ? "missing" : "invalid";
            mistakes.Add(new FieldMistake("name", code, $"1 to {NameCharsMax} characters."));
        }

        mistakes.AddRange(ConfigurationLimits.Mistakes(ConfigurationOf(request)).Select(ConfigurationEndpoints.Inside));
        return mistakes;
    }

    private static TenantConfiguration ConfigurationOf(TenantRequest request) =>
        (request.Configuration ?? new ConfigurationBody()).Over(new TenantConfiguration());
}
