using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Tenants;

/// <summary>Keys to the tenant's API.</summary>
internal static class KeyEndpoints
{
    private const int NameCharsMax = 100;

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/api-keys").WithTags("Keys").RefuseBadCommands();
        group.MapPost("/", Make).WithName("makeApiKey").Needs(Permission.HandleKeys).Refuses(ProblemCodes.NotFound);
        group.MapGet("/", List).WithName("listApiKeys").Needs(Permission.HandleKeys).Refuses(
            ProblemCodes.ValidationFailed);
        group.MapDelete("/{id}", Revoke).WithName("revokeApiKey").Needs(Permission.HandleKeys)
            .Refuses(ProblemCodes.NotFound);
    }

    /// <summary>Makes a key. The answer shows it once; only a hash is kept, so a repeat makes another key.</summary>
    internal static async Task<Results<Created<NewKeyResource>, ProblemHttpResult>> Make(
        Command<KeyRequest> command, Caller caller, Commands commands, IStore store, CancellationToken cancel)
    {
        var (name, role, agent) = (command.Body.Name, command.Body.Role, command.Body.AgentId);
        if (Mistakes(command.Body) is { Count: > 0 } mistakes)
        {
            return Problem.Of(mistakes);
        }

        if (agent is { } known && await store.Reads.Agent(caller.Tenant, known, cancel) is null)
        {
            return Problem.At("agent_id", ProblemCodes.NotFound, "There is no such agent.");
        }

        var secret = ApiKeySecret.New();
        var reply = await commands.Ask(
            caller.Owner, new AddApiKey(secret.Hash, name!, role!.Value, agent), command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? refusal
            : TypedResults.Created((string?)null, new NewKeyResource(secret.Id, secret.Text, name!, role.Value, agent));
    }

    /// <summary>Lists the keys that open something, oldest first.</summary>
    internal static async Task<Results<Ok<Page<KeyResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, Caller caller, IStore store, CancellationToken cancel) =>
        query.TryRead(out var page, out var mistakes)
            ? TypedResults.Ok(Page.OfAll(
                await store.Reads.ApiKeys(caller.Tenant, cancel),
                page,
                key => $"{key.At.UtcTicks:d19} {ApiKeySecret.IdOf(key.Hash)}",
                KeyResource.Of))
            : Problem.Of(mistakes);

    /// <summary>Ends a key. It opens nothing here at once, and nowhere after half a minute.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        string id, Caller caller, Commands commands, KnownKeys known, IStore store, CancellationToken cancel)
    {
        var keys = await store.Reads.ApiKeys(caller.Tenant, cancel);
        if (keys.FirstOrDefault(key => ApiKeySecret.IdOf(key.Hash) == id) is not { } found)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var reply = await commands.Ask(caller.Owner, new RevokeApiKey(found.Hash), null, cancel);
        known.Forget(found.Hash);
        return reply.Refuses(out var refusal) ? refusal : TypedResults.NoContent();
    }

    private static List<FieldMistake> Mistakes(KeyRequest request)
    {
        var mistakes = new List<FieldMistake>();
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > NameCharsMax)
        {
            var code = request.Name is null ? "missing" : "invalid";
            mistakes.Add(new FieldMistake("name", code, $"1 to {NameCharsMax} characters."));
        }

        if (request.Role is null)
        {
            mistakes.Add(new FieldMistake("role", "missing", "owner, supervisor, agent or read_only."));
        }
        else if (request.Role is Role.Agent != request.AgentId is not null)
        {
            mistakes.Add(new FieldMistake("agent_id", "invalid", "Needed for the role agent, and only there."));
        }

        return mistakes;
    }
}
