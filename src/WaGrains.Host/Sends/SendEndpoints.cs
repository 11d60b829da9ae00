using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Host.Access;
using WaGrains.Host.Forecasts;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<WaGrains.Host.Sends.BulkResource>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace WaGrains.Host.Sends;

/// <summary>Bulk sends: one message to many recipients, through several numbers.</summary>
internal static class SendEndpoints
{
    public static void MapSends(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/sends").WithTags("Sends").RefuseBadCommands();
        group.MapPost("/", Add).WithName("addSend").Needs(Permission.StartConversations)
            .Accepts<BulkRequest>("application/json").Refuses();
        group.MapPost("/forecast", Forecast).WithName("forecastSend").Needs(Permission.StartConversations)
            .Accepts<BulkRequest>("application/json").Refuses();
        group.MapGet("/", List).WithName("listSends").Needs(Permission.ReadAllMessages)
            .Refuses(ProblemCodes.ValidationFailed);
        group.MapGet("/{id}", Get).WithName("getSend").Needs(Permission.ReadAllMessages)
            .Refuses(ProblemCodes.NotFound);
        group.MapGet("/{id}/recipients", Recipients).WithName("listSendRecipients")
            .Needs(Permission.ReadAllMessages).Refuses(ProblemCodes.NotFound, ProblemCodes.ValidationFailed);
        group.MapPost("/{id}/pause", Pause).WithName("pauseSend").Needs(Permission.StartConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.SendEnded);
        group.MapPost("/{id}/resume", Resume).WithName("resumeSend").Needs(Permission.StartConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.SendEnded);
        group.MapPost("/{id}/cancel", Cancel).WithName("cancelSend").Needs(Permission.StartConversations)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.SendEnded);
    }

    /// <summary>
    /// Sends one message to up to a million recipients, each through one of the numbers, as fast as those may. The list
    /// is durable and the send running when this answers; a mistake anywhere in it leaves nothing.
    /// </summary>
    internal static async Task<Results<Accepted<BulkResource>, ProblemHttpResult>> Add(
        HttpRequest request, Caller caller, SendRegister register, CancellationToken cancel)
    {
        var (made, problem) = await register.Make(request, caller, cancel);
        return made is null ? problem! : TypedResults.Accepted($"/v1/sends/{made.Id}", BulkResource.Of(made));
    }

    /// <summary>
    /// Tells how a bulk send would go, and stores nothing: takes the body of one, and answers how long it would take
    /// and why, what it would cost, and who would get nothing. Queues, paces and prices are taken as they are now;
    /// recipients that cannot be written to are counted by code and left out.
    /// </summary>
    internal static async Task<Results<Ok<ForecastResource>, ProblemHttpResult>> Forecast(
        HttpRequest request, Caller caller, ForecastDesk desk, CancellationToken cancel)
    {
        var (made, problem) = await desk.Forecast(request, caller, cancel);
        return made is null ? problem! : TypedResults.Ok(made);
    }

    /// <summary>Lists the tenant's bulk sends, newest first.</summary>
    internal static async Task<Results<Ok<Page<BulkResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, Caller caller, IStore store, CancellationToken cancel)
    {
        var mistakes = new List<FieldMistake>();
        var page = PageRequest.Read(query.Limit, query.Cursor, cursor => Place(cursor) is not null, mistakes);
        if (mistakes.Count > 0)
        {
            return Problem.Of(mistakes);
        }

        var before = page.Cursor is { } cursor ? Place(cursor) : null;
        var found = await store.Reads.BulkSends(caller.Tenant, before, page.Limit + 1, cancel);
        return TypedResults.Ok(Page.Of(
            found, page, state => Cursor.OfKey(state.Id.ToString()), BulkResource.Of));
    }

    /// <summary>Reads one bulk send and how far it has come.</summary>
    internal static async Task<Results<Ok<BulkProgress>, ProblemHttpResult>> Get(
        BulkSendId id, Caller caller, IStore store, SendCounts counts, CancellationToken cancel) =>
        await store.Reads.BulkSend(caller.Tenant, id, cancel) is { } state
            ? TypedResults.Ok(BulkProgress.Of(state, await counts.Of(caller.Tenant, id, cancel)))
            : Problem.Of(ProblemCodes.NotFound);

    /// <summary>Lists the recipients of a bulk send, in their order, with what became of each.</summary>
    internal static async Task<Results<Ok<Page<BulkRecipientResource>>, ProblemHttpResult>> Recipients(
        BulkSendId id, string? outcome, [AsParameters] PageQuery query, Caller caller, IStore store,
        CancellationToken cancel)
    {
        var reader = new QueryReader();
        var wanted = reader.Word<BulkOutcome>("outcome", outcome);
        var page = PageRequest.Read(query.Limit, query.Cursor, cursor => Position(cursor) is not null, reader.Mistakes);
        if (reader.Mistakes.Count > 0)
        {
            return Problem.Of(reader.Mistakes);
        }

        if (await store.Reads.BulkSend(caller.Tenant, id, cancel) is null)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var after = page.Cursor is { } cursor ? Position(cursor)!.Value : -1;
        var found = await store.Reads.BulkResults(
            new BulkResultFilter(caller.Tenant, id, wanted, after, page.Limit + 1), cancel);
        return TypedResults.Ok(Page.Of(
            found, page,
            result => Cursor.OfKey(FormattableString.Invariant($"{result.Recipient.Position}")),
            BulkRecipientResource.Of));
    }

    /// <summary>Holds a bulk send where it stands: what waits in its numbers' queues stays there.</summary>
    internal static Task<Changed> Pause(
        BulkSendId id, Command<NoBody> command, Caller caller, Commands commands, CancellationToken cancel) =>
        Tell(id, new PauseBulkSend(command.Key), command, caller, commands, cancel);

    /// <summary>Lets a paused bulk send go on.</summary>
    internal static Task<Changed> Resume(
        BulkSendId id, Command<NoBody> command, Caller caller, Commands commands, CancellationToken cancel) =>
        Tell(id, new ResumeBulkSend(command.Key), command, caller, commands, cancel);

    /// <summary>Ends a bulk send: whatever of it has not begun to leave is withdrawn.</summary>
    internal static Task<Changed> Cancel(
        BulkSendId id, Command<NoBody> command, Caller caller, Commands commands, CancellationToken cancel) =>
        Tell(id, new CancelBulkSend(command.Key), command, caller, commands, cancel);

    private static async Task<Changed> Tell(
        BulkSendId id, BulkSendMessage message, Command command, Caller caller, Commands commands,
        CancellationToken cancel)
    {
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), message, command.Key, cancel);
        return reply.Refuses(out var refusal) ? refusal
            : reply is BulkSendView view ? TypedResults.Ok(BulkResource.Of(view.State))
            : Problem.Of(ProblemCodes.KeyReused);
    }

    private static BulkSendId? Place(string cursor) =>
        Cursor.ReadKey(cursor) is { } key && BulkSendId.TryParse(key, null, out var id) ? id : null;

    private static int? Position(string cursor) =>
        int.TryParse(Cursor.ReadKey(cursor), System.Globalization.CultureInfo.InvariantCulture, out var position)
            ? position
            : null;
}
