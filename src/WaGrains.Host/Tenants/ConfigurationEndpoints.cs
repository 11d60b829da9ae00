using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Tenants;

/// <summary>A tenant's rules: keywords, forbidden words, hours.</summary>
internal static class ConfigurationEndpoints
{
    public static void MapConfiguration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/configuration").WithTags("Configuration").RefuseBadCommands();
        group.MapGet("/", Get).WithName("getConfiguration").Needs(Permission.ReadConfiguration)
            .Refuses(ProblemCodes.NotFound);
        group.MapPut("/", Replace).WithName("replaceConfiguration").Needs(Permission.ChangeConfiguration)
            .Refuses(ProblemCodes.StaleVersion);
    }

    /// <summary>Reads the configuration and its version.</summary>
    internal static async Task<Results<Ok<ConfigurationResource>, ProblemHttpResult>> Get(
        Caller caller, IStore store, CancellationToken cancel) =>
        await store.Reads.Tenant(caller.Tenant, cancel) is { } state
            ? TypedResults.Ok(ConfigurationResource.Of(state))
            : Problem.Of(ProblemCodes.NotFound);

    /// <summary>Replaces the configuration as a whole.</summary>
    internal static async Task<Results<Ok<ConfigurationResource>, ProblemHttpResult>> Replace(
        Command<ConfigurationRequest> command, Caller caller, Commands commands, CancellationToken cancel)
    {
        if (command.Body.Configuration is not { } given)
        {
            return Problem.Of("configuration", "missing", "Is required.");
        }

        var configuration = given.Over(new TenantConfiguration());
        if (ConfigurationLimits.Mistakes(configuration) is { Count: > 0 } mistakes)
        {
            return Problem.Of([.. mistakes.Select(Inside)]);
        }

        var configure = new ConfigureTenant(configuration, command.Body.Version, command.Key);
        var reply = await commands.Ask(caller.Owner, configure, command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? refusal
            : TypedResults.Ok(ConfigurationResource.Of(((TenantView)reply).State));
    }

    internal static FieldMistake Inside(FieldMistake mistake) => mistake with
    {
        Param = mistake.Param.Length == 0 ? "configuration" : $"configuration.{mistake.Param}",
    };
}
