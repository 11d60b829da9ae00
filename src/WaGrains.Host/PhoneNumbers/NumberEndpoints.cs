using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Ids;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<WaGrains.Host.PhoneNumbers.NumberResource>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>Numbers: what sends, and how fast.</summary>
internal static class NumberEndpoints
{
    private const string ByOperator = "operator";

    public static void MapNumbers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/numbers").WithTags("Numbers").RefuseBadCommands();
        group.MapPost("/", Add).WithName("addNumber").Needs(Permission.ChangeNumbers)
            .Refuses(ProblemCodes.AlreadyExists, ProblemCodes.NumberTaken, ProblemCodes.NotFound);
        group.MapGet("/", List).WithName("listNumbers").Needs(Permission.ReadNumbers)
            .Refuses(ProblemCodes.ValidationFailed);
        group.MapGet("/{id}", Get).WithName("getNumber").Needs(Permission.ReadNumbers).Refuses(ProblemCodes.NotFound);
        group.MapPatch("/{id}", Change).WithName("changeNumber").Needs(Permission.ChangeNumbers)
            .Refuses(ProblemCodes.NotFound);
        group.MapPost("/{id}/pause", Pause).WithName("pauseNumber").Needs(Permission.ChangeNumbers)
            .Refuses(ProblemCodes.NotFound);
        group.MapPost("/{id}/stop", Stop).WithName("stopNumber").Needs(Permission.ChangeNumbers)
            .Refuses(ProblemCodes.NotFound);
        group.MapPost("/{id}/resume", Resume).WithName("resumeNumber").Needs(Permission.ChangeNumbers)
            .Refuses(ProblemCodes.NotFound);
        group.MapPost("/{id}/risk", Risk).WithName("reportRisk").Needs(Permission.ChangeNumbers)
            .Refuses(ProblemCodes.NotFound);
    }

    /// <summary>Brings a number under the tenant's control, once Meta shows it to the token.</summary>
    internal static async Task<Results<Created<NumberResource>, ProblemHttpResult>> Add(
        Command<NumberRequest> command,
        Caller caller,
        NumberRegister register,
        Commands commands,
        IdSource ids,
        CancellationToken cancel)
    {
        var (body, id) = (command.Body, ids.NewNumber(caller.Tenant, command.Key));
        if (await commands.Kept(caller.Tenant, command.Key, cancel) is { } kept)
        {
            return kept.Refuses(out var refusal) ? refusal : Made((await register.Find(caller, id, cancel))!);
        }

        var problem = body.Mistakes(isNew: true) is { Count: > 0 } mistakes
            ? Problem.Of(mistakes)
            : await register.Taken(caller.Tenant, body.PhoneNumberId!, cancel);
        if (problem is not null)
        {
            return problem;
        }

        (var proven, problem) = await register.Prove(body.PhoneNumberId!, body.AccessToken!, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var told = new PhoneNumberSettings
        {
            DisplayNumber = proven!.DisplayPhoneNumber ?? "",
            Name = proven.VerifiedName ?? "",
        };
        (var settings, problem) = await register.Settings(caller, body, told, cancel);
        if (problem is not null)
        {
            return problem;
        }

        await register.TellLimit(caller, proven, settings!, cancel);
        (var made, problem) = await register.Tell(
            caller, id, new ConfigureNumber(settings!, command.Key), command, cancel);
        return problem is not null ? problem : TypedResults.Created($"/v1/numbers/{made!.Id}", made);
    }

    /// <summary>Lists the tenant's numbers.</summary>
    internal static async Task<Results<Ok<Page<NumberResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, Caller caller, IStore store, CancellationToken cancel) =>
        query.TryRead(out var page, out var mistakes)
            ? TypedResults.Ok(Page.OfAll(
                await store.Reads.Numbers(caller.Tenant, cancel), page,
                state => state.Id.ToString(), NumberResource.Of))
            : Problem.Of(mistakes);

    /// <summary>Reads one number.</summary>
    internal static async Task<Changed> Get(
        PhoneNumberId id, Caller caller, NumberRegister register, CancellationToken cancel) =>
        await register.Find(caller, id, cancel) is { } state
            ? TypedResults.Ok(NumberResource.Of(state))
            : Problem.Of(ProblemCodes.NotFound);

    /// <summary>Changes what is given; a new token is proven first.</summary>
    internal static async Task<Changed> Change(
        PhoneNumberId id, Command<NumberRequest> command, Caller caller, NumberRegister register,
        CancellationToken cancel)
    {
        if (await register.Find(caller, id, cancel) is not { } state)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var body = command.Body;
        if (body.Mistakes(isNew: false) is { Count: > 0 } mistakes)
        {
            return Problem.Of(mistakes);
        }

        var (proven, problem) = body.AccessToken is { } token
            ? await register.Prove(state.Settings.PhoneNumberId, token, cancel)
            : (null, null);
        if (problem is not null)
        {
            return problem;
        }

        (var settings, problem) = await register.Settings(caller, body, state.Settings, cancel);
        if (problem is not null)
        {
            return problem;
        }

        await register.TellLimit(caller, proven, settings!, cancel);
        return await Tell(id, new ConfigureNumber(settings!, command.Key), command, caller, register, cancel);
    }

    /// <summary>Pauses all sending of the number until it is resumed; one that is paused stays so. What is queued
    /// waits.</summary>
    internal static Task<Changed> Pause(
        PhoneNumberId id,
        Command<NoBody> command,
        Caller caller,
        NumberRegister register,
        TimeProvider clock,
        CancellationToken cancel) =>
        Tell(id, new QualityChanged(QualityEvent.Pause, ByOperator, clock.GetUtcNow()), command, caller, register,
            cancel);

    /// <summary>Stops all sending of the number until it is resumed. What is queued waits.</summary>
    internal static Task<Changed> Stop(
        PhoneNumberId id,
        Command<NoBody> command,
        Caller caller,
        NumberRegister register,
        TimeProvider clock,
        CancellationToken cancel) =>
        Tell(id, new QualityChanged(QualityEvent.Stop, ByOperator, clock.GetUtcNow()), command, caller, register,
            cancel);

    /// <summary>Lets a paused, held or stopped number send again.</summary>
    internal static Task<Changed> Resume(
        PhoneNumberId id,
        Command<NoBody> command,
        Caller caller,
        NumberRegister register,
        TimeProvider clock,
        CancellationToken cancel) =>
        Tell(id, new QualityChanged(QualityEvent.Resume, ByOperator, clock.GetUtcNow()), command, caller, register,
            cancel);

    /// <summary>Reports a risk to the number: its rate drops at once, and recovers over days.</summary>
    internal static async Task<Changed> Risk(
        PhoneNumberId id,
        Command<RiskRequest> command,
        Caller caller,
        NumberRegister register,
        TimeProvider clock,
        CancellationToken cancel) => command.Body.IsValid
            ? await Tell(
                id,
                new QualityChanged(QualityEvent.Risk, command.Body.Reason!, clock.GetUtcNow()),
                command,
                caller,
                register,
                cancel)
            : Problem.Of("reason", "invalid", "A snake_case word of 1 to 64 characters.");

    private static async Task<Changed> Tell(
        PhoneNumberId id,
        PhoneNumberMessage message,
        Command command,
        Caller caller,
        NumberRegister register,
        CancellationToken cancel)
    {
        var (number, problem) = await register.Tell(caller, id, message, command, cancel);
        return problem is not null ? problem : TypedResults.Ok(number!);
    }

    private static Created<NumberResource> Made(PhoneNumberState state) =>
        TypedResults.Created($"/v1/numbers/{state.Id}", NumberResource.Of(state));
}
