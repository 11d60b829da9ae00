using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Host.Stops;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>A business number. Its access token is never shown.</summary>
/// <param name="Id">Our id, which stays when Meta's changes.</param>
/// <param name="PhoneNumberId">Meta's id.</param>
/// <param name="AccountId">Meta's id of the account.</param>
/// <param name="DisplayNumber">The number as people read it.</param>
/// <param name="Name">A name for lists.</param>
/// <param name="Policy">warm_up or cloud.</param>
/// <param name="CeilingPerMinute">The plan's ceiling, messages per minute; null for what the policy allows at
/// most.</param>
/// <param name="ThroughputPerSecond">Meta's level: 20, 80 or 1,000 messages per second.</param>
/// <param name="TeamId">The team that gets its conversations; null for the tenant's default.</param>
/// <param name="QueueMax">Messages that may wait in its queue.</param>
/// <param name="Quality">Meta's rating, as last told.</param>
/// <param name="Stopped">Why it does not send at all; null while it does.</param>
/// <param name="PausedSince">Since when an operator has paused it; null while it is not paused.</param>
/// <param name="Since">When it came under this tenant's control.</param>
internal sealed record NumberResource(
    PhoneNumberId Id,
    string PhoneNumberId,
    string AccountId,
    string DisplayNumber,
    string Name,
    SendingPolicy Policy,
    double? CeilingPerMinute,
    int ThroughputPerSecond,
    TeamId? TeamId,
    int QueueMax,
    QualityRating Quality,
    string? Stopped,
    DateTimeOffset? PausedSince,
    DateTimeOffset Since)
{
    public static NumberResource Of(PhoneNumberState state) => new(
        state.Id,
        state.Settings.PhoneNumberId,
        state.Settings.AccountId,
        state.Settings.DisplayNumber,
        state.Settings.Name,
        state.Settings.Policy,
        state.Settings.CeilingPerMinute,
        (int)(state.Settings.Throughput.PerMinute() / 60),
        state.Settings.Team,
        state.Settings.QueueMax,
        state.Quality,
        state.Stopped,
        state.PausedSince,
        state.Since);
}

/// <summary>Why a number sends as fast as it does.</summary>
/// <param name="PerMinute">The rate now, messages per minute; 0 while nothing may leave.</param>
/// <param name="Binding">What binds: the first of the terms.</param>
/// <param name="Terms">Everything that limits it: holds, then rates, the smallest first.</param>
/// <param name="Queued">Messages that wait, by lane.</param>
/// <param name="InDoubt">Attempts whose outcome is not known.</param>
/// <param name="EmptyAt">When the queue will be empty at this rate; null while stopped.</param>
/// <param name="Stops">Templates and kinds of messages of its account that Meta does not take; the rest leaves.</param>
/// <param name="History">What has changed it, newest first, at most 50.</param>
internal sealed record PaceResource(
    double PerMinute,
    PaceReason Binding,
    IReadOnlyList<PaceTermResource> Terms,
    QueuedByLane Queued,
    int InDoubt,
    DateTimeOffset? EmptyAt,
    IReadOnlyList<StopResource> Stops,
    IReadOnlyList<PaceChangeResource> History)
{
    public static PaceResource Of(PaceReport report, IReadOnlyList<PaceChanged> history) => new(
        report.PerMinute,
        report.Terms[0].Reason,
        [.. report.Terms.Select(PaceTermResource.Of)],
        new QueuedByLane(
            report.Queued.GetValueOrDefault(Lane.Reply),
            report.Queued.GetValueOrDefault(Lane.Utility),
            report.Queued.GetValueOrDefault(Lane.Campaign)),
        report.InDoubt,
        report.EmptyAt,
        [.. (report.Stops ?? []).Select(StopResource.Of)],
        [.. history.Select(PaceChangeResource.Of)]);
}

/// <summary>One limit.</summary>
/// <param name="Reason">Which.</param>
/// <param name="Detail">Why, a snake_case word; null where the reason says it all.</param>
/// <param name="PerMinute">What it allows, messages per minute; 0 for a hold.</param>
/// <param name="Since">Since when.</param>
/// <param name="LiftedBy">What would raise it.</param>
/// <param name="Until">When that is, at the earliest; null where no time does it.</param>
internal sealed record PaceTermResource(
    PaceReason Reason,
    string? Detail,
    double PerMinute,
    DateTimeOffset Since,
    PaceLift LiftedBy,
    DateTimeOffset? Until)
{
    public static PaceTermResource Of(PaceTerm term) =>
        new(term.Reason, term.Detail, term.PerMinute, term.Since, term.Lift, term.Until);
}

/// <summary>A change of a number's effective rate, or of what binds it.</summary>
/// <param name="At">When.</param>
/// <param name="Cause">What did it: a stable snake_case word.</param>
/// <param name="Binding">What has bound since.</param>
/// <param name="BeforePerMinute">The rate until then, messages per minute; 0 while nothing could leave.</param>
/// <param name="AfterPerMinute">The rate from then on, messages per minute; 0 while nothing may leave.</param>
internal sealed record PaceChangeResource(
    DateTimeOffset At, string Cause, PaceReason Binding, double BeforePerMinute, double AfterPerMinute)
{
    public static PaceChangeResource Of(PaceChanged change) =>
        new(change.At, change.Cause, change.Binding, change.Before, change.After);
}

/// <summary>Messages that wait.</summary>
/// <param name="Reply">Answers.</param>
/// <param name="Utility">Notices.</param>
/// <param name="Campaign">One of many.</param>
internal sealed record QueuedByLane(int Reply, int Utility, int Campaign);
