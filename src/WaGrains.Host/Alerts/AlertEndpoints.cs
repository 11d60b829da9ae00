using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Lists;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Alerts;

/// <summary>Something a person should look at.</summary>
/// <param name="At">When.</param>
/// <param name="Severity">How soon somebody should look: notice, warning (today) or critical (now).</param>
/// <param name="Kind">A stable snake_case word: forbidden_words, number_risk, unknown_outcome, ...</param>
/// <param name="Subject">The id of what it is about.</param>
/// <param name="Detail">A sentence without a customer's words or phone number.</param>
internal sealed record AlertResource(
    DateTimeOffset At, AlertSeverity Severity, string Kind, string Subject, string Detail)
{
    public static AlertResource Of(AlertRaised alert) =>
        new(alert.At, alert.Severity, alert.Kind, alert.Subject, alert.Detail);
}

/// <summary>Alerts, newest first.</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/alerts").WithTags("Alerts")
            .MapGet("/", List).WithName("listAlerts").Needs(Permission.ReadAlerts).Refuses(
                ProblemCodes.ValidationFailed);

    /// <summary>Lists what a person should look at, newest first.</summary>
    internal static async Task<Results<Ok<Page<AlertResource>>, ProblemHttpResult>> List(
        [AsParameters] PageQuery query, Caller caller, IStore store, CancellationToken cancel)
    {
        var mistakes = new List<FieldMistake>();
        var page = PageRequest.Read(
            query.Limit, query.Cursor, cursor => Cursor.ReadMessage(cursor) is not null, mistakes);
        if (mistakes.Count > 0)
        {
            return Problem.Of(mistakes);
        }

        var before = page.Cursor is { } cursor ? Cursor.ReadMessage(cursor) : null;
        var found = await store.Reads.Alerts(caller.Tenant, before, page.Limit + 1, cancel);
        return TypedResults.Ok(Page.Of(found, page, alert => Cursor.Of(alert.Id), AlertResource.Of));
    }
}
