using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Reading;
using WaGrains.Host.Access;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Events;

/// <summary>Where to begin, and how many events.</summary>
/// <param name="After">An event's id, or the <c>next_cursor</c> of the page before; none for the oldest event that is
/// kept.</param>
/// <param name="Limit">At most so many events, 1 to 200; 50 unless given.</param>
internal readonly record struct EventQuery(string? After, string? Limit);

/// <summary>The feed: what has happened, in the order of the commits, as pages and as a stream.</summary>
internal static class EventEndpoints
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/events").WithTags("Events");
        group.MapGet("/", List).WithName("listEvents").Needs(Permission.ReadEvents).Refuses(
            ProblemCodes.ValidationFailed, ProblemCodes.InvalidCursor, ProblemCodes.CursorExpired);
        group.MapGet("/stream", Stream).WithName("streamEvents").Needs(Permission.ReadEvents).Refuses(
            ProblemCodes.InvalidCursor, ProblemCodes.CursorExpired, ProblemCodes.TooManyStreams);
    }

    /// <summary>Lists what has happened, oldest first; each event once, none skipped.</summary>
    internal static async Task<Results<Ok<EventPage>, ProblemHttpResult>> List(
        [AsParameters] EventQuery query, Caller caller, IFeedReads feed, CancellationToken cancel)
    {
        var mistakes = new List<FieldMistake>();
        var page = PageRequest.Read(query.Limit, null, static _ => true, mistakes);
        if (mistakes.Count > 0)
        {
            return Problem.Of(mistakes);
        }

        if (!TryPlace(query.After, caller.Tenant, out var after))
        {
            return Problem.At("after", ProblemCodes.InvalidCursor, "Must be an event's id or a next_cursor.");
        }

        return await feed.Feed(caller.Tenant, after, page.Limit, cancel) is { } found
            ? TypedResults.Ok(EventPage.Of(caller.Tenant, found))
            : Expired("after");
    }

    /// <summary>
    /// Streams what happens from now on, or after the event named by Last-Event-ID, as server-sent events. A stream
    /// ends after some minutes; a client connects again with the last id it has.
    /// </summary>
    internal static async Task<Results<ServerSentEventsResult<EventResource>, ProblemHttpResult>> Stream(
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        Caller caller,
        EventStreams streams,
        HttpContext http)
    {
        if (!TryPlace(lastEventId, caller.Tenant, out var after))
        {
            return Problem.At("Last-Event-ID", ProblemCodes.InvalidCursor, "Must be an event's id.");
        }

        if (streams.TryOpen(caller.Tenant) is not { } stream)
        {
            return Problem.Of(
                ProblemCodes.TooManyStreams,
                $"At most {EventStreams.PerTenantMax} streams of a tenant at one silo.",
                RetryAfter);
        }

        http.Response.RegisterForDispose(stream);
        return await stream.Begin(after, http.RequestAborted)
            ? TypedResults.ServerSentEvents(stream.Items(http.RequestAborted))
            : Expired("Last-Event-ID");
    }

    private static ProblemHttpResult Expired(string param) => Problem.At(
        param, ProblemCodes.CursorExpired, "What follows it is not kept any more; begin without it.");

    private static bool TryPlace(string? cursor, TenantId tenant, out FeedPosition? place)
    {
        place = string.IsNullOrEmpty(cursor) ? null : Cursor.ReadFeed(cursor, tenant);
        return string.IsNullOrEmpty(cursor) || place is not null;
    }
}
