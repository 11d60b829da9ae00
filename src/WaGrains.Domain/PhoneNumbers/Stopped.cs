using WaGrains.Domain.Errors;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What of a number's messages must not go to Meta because the account, its template or its kind is
/// stopped.</summary>
internal static class Stopped
{
    /// <summary>A message that waits for a stop's end is looked at again so often: nobody tells a number that it was
    /// lifted.</summary>
    public static readonly TimeSpan LooksAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>What this number has met itself it knows for so long without being told: the tenant's word comes within
    /// two seconds.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    /// <summary>Messages that one turn ends at most.</summary>
    private const int EndsMax = 32;

    /// <summary>Why nothing of the number's account may leave now; null if something may.</summary>
    public static SendStop? OfAccount(NumberAtWork work, in NumberSurroundings around)
    {
        var (account, now) = (work.Record.Settings.AccountId, around.Now);
        return around.Stops.OfAccount(account, now)
            ?? StillFresh(work, now).FirstOrDefault(static stop => stop.Scope == StopScope.Everything);
    }

    /// <summary>Whether nothing of it may leave until somebody says so, or a stop's time has come.</summary>
    public static bool IsAt(NumberAtWork work, in NumberSurroundings around) =>
        work.Record.IsStopped || OfAccount(work, around) is not null;

    /// <summary>The stop that this number has met itself a moment ago.</summary>
    public static SendStop? Of(NumberAtWork work, SendStop stop, DateTimeOffset now) =>
        StillFresh(work, now).FirstOrDefault(fresh => fresh.Id == stop.Id);

    /// <summary>What this number has met itself a moment ago.</summary>
    public static IEnumerable<SendStop> StillFresh(NumberAtWork work, DateTimeOffset now) =>
        work.Fresh.Count == 0 ? [] : Since(work.Fresh, now - FreshFor);

    /// <summary>Whether a stop keeps this message from leaving now; it then waits, or ends where the stop asks for that
    /// or lasts past its deadline.</summary>
    public static bool Keeps(Turn<NumberAtWork> turn, QueuedSend send, in NumberSurroundings around)
    {
        var (work, now) = (turn.Next, around.Now);
        var account = work.Record.Settings.AccountId;
        var stop = around.Stops.Of(account, send.Content, now)
            ?? StopBook.FirstOf(StillFresh(work, now), account, send.Content);
        if (stop is null)
        {
            return false;
        }

        var fails = stop.Fate == MessageFate.Fails;
        if (fails || stop.Until >= send.Row.Deadline)
        {
            var error = new SendError(stop.Code, stop.Reason, null);
            Queueing.End(turn, send.Row, fails ? MessageStatus.Failed : MessageStatus.Expired, error, around);
            return true;
        }

        work.Queue.Rest(send.Row.Message, Earliest(now + LooksAgainAfter, send.Row.Deadline, stop.Until));
        return true;
    }

    /// <summary>Deadlines run while nothing may leave: what is over ends now, and not when somebody resumes the
    /// number.</summary>
    public static void EndOverdue(Turn<NumberAtWork> turn, in NumberSurroundings around)
    {
        var queue = turn.Next.Queue;
        for (var ended = 0; ended < EndsMax && queue.NextOverdue(around.Now) is { } send; ended++)
        {
            Queueing.End(turn, send.Row, MessageStatus.Expired, new SendError(0, "deadline_passed", null), around);
        }
    }

    /// <summary>When a number of which nothing may leave has to be looked at again; null where nothing waits.</summary>
    public static DateTimeOffset? LooksAgainAt(NumberAtWork work, in NumberSurroundings around)
    {
        if (work.Queue.NextDeadline is not { } deadline)
        {
            return null;
        }

        return OfAccount(work, around) is { } stop && !work.Record.IsStopped
            ? Earliest(around.Now + LooksAgainAfter, deadline, stop.Until)
            : deadline;
    }

    /// <summary>The stops of its account that hold some of its messages; null for none.</summary>
    public static IReadOnlyList<SendStop>? Shown(NumberAtWork work, in NumberSurroundings around)
    {
        var (account, now) = (work.Record.Settings.AccountId, around.Now);
        List<SendStop> stops =
        [
            .. around.Stops.All.Where(stop =>
                stop.Account == account && stop.Scope != StopScope.Everything && stop.HoldsAt(now)),
        ];
        return stops.Count > 0 ? stops : null;
    }

    private static IEnumerable<SendStop> Since(IEnumerable<SendStop> stops, DateTimeOffset since) =>
        stops.Where(stop => stop.Since > since);

    private static DateTimeOffset Earliest(DateTimeOffset a, DateTimeOffset b, DateTimeOffset? c)
    {
        var first = a < b ? a : b;
        return c < first ? c.Value : first;
    }
}
