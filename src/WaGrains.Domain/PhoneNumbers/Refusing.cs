using WaGrains.Domain.Errors;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What Meta's refusal does, by <see cref="ErrorTable"/>: to the message, to its number, and to whatever else
/// it stops.</summary>
internal static class Refusing
{
    /// <summary>People are told of failures with the same code once in so long; each message shows its own.</summary>
    private static readonly TimeSpan ToldAgainAfter = TimeSpan.FromHours(1);

    /// <summary>Meta has refused an attempt.</summary>
    public static Turn<NumberAtWork> Refused(
        Turn<NumberAtWork> turn, QueuedSend send, SendError error, in NumberSurroundings around)
    {
        var policy = ErrorTable.Of(error);
        var row = send.Row;
        var again = policy.Message == MessageFate.Retried
            ? policy.Retry.WaitBefore(row.Attempt, row.Message.Value)
            : null;
        Stop(turn, policy, send, row.AttemptAt, around);
        if (policy.Stops == ErrorReach.Recipient)
        {
            turn.Next.Queue.RefusePair(row.Conversation, around.Now);
        }

        if (again is not null || policy.Message == MessageFate.Waits)
        {
            Completing.Return(turn, row, around.Now + again);
            return turn;
        }

        Queueing.End(turn, row, MessageStatus.Failed, error, around);
        var record = turn.Next.Record;
        return Days.Count(
            turn, record with { Traffic = record.Traffic with { Failed = record.Traffic.Failed + 1 } }, around);
    }

    /// <summary>A message has failed after Meta took it: what else that stops. Its template is not known any more where
    /// the row is gone; Meta tells of templates by themselves.</summary>
    public static void Failed(
        Turn<NumberAtWork> turn, QueuedSend? send, SendError error, in NumberSurroundings around) =>
        Stop(turn, ErrorTable.Of(error), send, send?.Row.AttemptAt, around);

    private static void Stop(
        Turn<NumberAtWork> turn, ErrorPolicy policy, QueuedSend? send, DateTimeOffset? startedAt,
        in NumberSurroundings around)
    {
        var record = turn.Next.Record;
        var next = policy.IsRisk ? Standing.Risk(record, around.Now) : record;
        next = policy.Slows ? Slow(next, policy, startedAt ?? around.Now, around) : next;
        next = policy.Stops == ErrorReach.Number ? Halt(next, policy, around.Now) : next;
        if (!ReferenceEquals(next, record))
        {
            turn.Write(next, Cause(policy), around);
        }

        var stop = SendStop.Of(policy, record.Settings.AccountId, send?.Content, around.Now);
        if (stop is not null && Stopped.Of(turn.Next, stop, around.Now) is null)
        {
            turn.Then(turn.Next with { Fresh = [.. Stopped.StillFresh(turn.Next, around.Now), stop] });
            turn.Tell(OwnerKey.Of(record.Tenant), new RaiseStop(stop, policy.Alert!));
        }

        Tell(turn, policy, isTold: stop is not null, isNew: next.Stopped != record.Stopped, around.Now);
    }

    /// <summary>Alerts of stops of the account are the tenant's, for many numbers meet the same one.</summary>
    private static void Tell(
        Turn<NumberAtWork> turn, ErrorPolicy policy, bool isTold, bool isNew, DateTimeOffset now)
    {
        if (policy.IsRisk && (isNew || policy.Stops != ErrorReach.Number))
        {
            Standing.Alarm(turn, "number_risk", policy.Reason, now, policy.Alert);
        }
        else if (policy.Alert is { } alert && !isTold && IsDue(turn, policy, isNew, now))
        {
            Standing.Alarm(turn, policy.AlertKind, policy.Reason, now, alert);
        }
    }

    private static bool IsDue(Turn<NumberAtWork> turn, ErrorPolicy policy, bool isNew, DateTimeOffset now)
    {
        if (policy is { Stops: ErrorReach.Number, For: null })
        {
            return isNew;
        }

        var told = turn.Next.Told;
        if (told.TryGetValue(policy.Code, out var at) && now - at < ToldAgainAfter)
        {
            return false;
        }

        turn.Then(turn.Next with { Told = told.SetItem(policy.Code, now) });
        return true;
    }

    /// <summary>What was under way when the number was last slowed was sent at the old rate: it says nothing of the new
    /// one, and to count each of them would stretch the wait to an hour wherever answers take their time.</summary>
    private static PhoneNumberState Slow(
        PhoneNumberState record, ErrorPolicy policy, DateTimeOffset startedAt, in NumberSurroundings around)
    {
        if (startedAt <= record.Pacing.LoweredAt)
        {
            return record;
        }

        var pacing = record.Pacing with { Floor = around.Rules.Throttling.FloorPerMinute };
        var slower = record with
        {
            Pacing = pacing.OnThrottled(startedAt, around.Now),
            Throttles = record.Throttles + 1,
        };
        var wait = policy.Retry.WaitBefore(slower.Throttles, record.Id.Value);
        return Standing.Hold(slower, around.Now + wait, null, around.Now);
    }

    private static PhoneNumberState Halt(PhoneNumberState record, ErrorPolicy policy, DateTimeOffset now) =>
        policy.For is { } term ? Standing.Hold(record, now + term, policy.Reason, now)
        : record.Stopped == policy.Reason ? record
        : record with { Stopped = policy.Reason, StoppedCode = policy.Code, StoppedSince = now };

    private static string Cause(ErrorPolicy policy) =>
        policy.IsRisk ? "risk_" + policy.Reason : policy.Slows ? "throttled" : policy.Reason;
}
