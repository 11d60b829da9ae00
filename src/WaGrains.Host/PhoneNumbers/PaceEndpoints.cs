using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;
using WaGrains.Host.Access;
using WaGrains.Host.Drawing;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>Why a number sends as fast as it does, and how that came about.</summary>
internal static class PaceEndpoints
{
    /// <summary>Entries of the history beside the pace itself.</summary>
    private const int NewestShown = 50;

    public static void MapPace(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/numbers").WithTags("Numbers");
        group.MapGet("/{id}/pace", Pace).WithName("getPace").Needs(Permission.ReadNumbers)
            .Refuses(ProblemCodes.NotFound);
        group.MapGet("/{id}/pace/history", History).WithName("listPaceHistory").Needs(Permission.ReadNumbers)
            .Refuses(ProblemCodes.NotFound, ProblemCodes.ValidationFailed);
        routes.MapGet("/numbers/{id}/pace.svg", Chart).WithTags("Numbers").WithName("drawPace")
            .Needs(Permission.ReadNumbers).Refuses(ProblemCodes.NotFound, ProblemCodes.ValidationFailed)
            .Produces<string>(StatusCodes.Status200OK, Svg.MediaType);
    }

    /// <summary>
    /// Tells why the number sends as fast as it does, what would make it faster and when, when its queue will be empty,
    /// and what has changed its pace of late.
    /// </summary>
    internal static async Task<Results<Ok<PaceResource>, ProblemHttpResult>> Pace(
        PhoneNumberId id, Caller caller, IOwners owners, IStore store, CancellationToken cancel)
    {
        var reply = await owners.Ask(OwnerKey.Of(caller.Tenant, id), new ReadPace(), cancel);
        if (reply.Refuses(out var refusal))
        {
            return refusal;
        }

        var newest = new PaceHistoryFilter(caller.Tenant, id, Since: null, Before: null, NewestShown);
        return TypedResults.Ok(
            PaceResource.Of((PaceReport)reply, await store.Reads.PaceHistory(newest, cancel)));
    }

    /// <summary>Lists what has changed the number's pace, newest first; kept 400 days.</summary>
    internal static async Task<Results<Ok<Page<PaceChangeResource>>, ProblemHttpResult>> History(
        PhoneNumberId id,
        [AsParameters] PageQuery query,
        Caller caller,
        NumberRegister register,
        IStore store,
        CancellationToken cancel)
    {
        var mistakes = new List<FieldMistake>();
        var page = PageRequest.Read(query.Limit, query.Cursor, cursor => Entry(cursor) is not null, mistakes);
        if (mistakes.Count > 0)
        {
            return Problem.Of(mistakes);
        }

        if (await register.Find(caller, id, cancel) is null)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var before = page.Cursor is { } cursor ? Entry(cursor) : null;
        var filter = new PaceHistoryFilter(caller.Tenant, id, Since: null, before, page.Limit + 1);
        return TypedResults.Ok(Page.Of(
            await store.Reads.PaceHistory(filter, cancel),
            page,
            change => Cursor.OfKey(change.Entry.ToString(CultureInfo.InvariantCulture)),
            PaceChangeResource.Of));
    }

    /// <summary>Draws the number's pace over the last days: its effective rate, what bound it, and its risk
    /// events.</summary>
    /// <param name="id">Which number.</param>
    /// <param name="days">How many days, 1 to 400; 70 unless given.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="register">Knows the numbers.</param>
    /// <param name="history">Reads the history.</param>
    /// <param name="cancel">The caller has gone.</param>
    internal static async Task<Results<ContentHttpResult, ProblemHttpResult>> Chart(
        PhoneNumberId id,
        string? days,
        Caller caller,
        NumberRegister register,
        PaceHistoryReader history,
        CancellationToken cancel)
    {
        var count = PaceChart.DaysUsual;
        if (days is not null
            && (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                || count is < 1 or > PaceChart.DaysMax))
        {
            return Problem.Of("days", "out_of_range", $"1 to {PaceChart.DaysMax}.");
        }

        if (await register.Find(caller, id, cancel) is not { } number)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var (changes, now) = await history.Of(number, TimeSpan.FromDays(count), cancel);
        return TypedResults.Content(
            PaceChart.Draw(changes, now - TimeSpan.FromDays(count), now), Svg.MediaType);
    }

    private static long? Entry(string cursor) =>
        long.TryParse(Cursor.ReadKey(cursor), NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
            ? entry
            : null;
}
