using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What an attempt's outcome does to its message and to its number.</summary>
internal static class Completing
{
    /// <summary>Failures by which Meta says that the number itself is in trouble: spam restriction, policy block,
    /// account locked.</summary>
    private static readonly int[] RiskCodes = [131048, 368, 131031];

    public static Turn<NumberAtWork> Completed(NumberAtWork work, SendCompleted completed, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        var outcome = completed.Outcome;
        if (work.Queue.Find(completed.Message) is not { } send || !IsUnderWay(send.Row, completed.Attempt))
        {
            // A status settled it first; the answer then only adds the wamid.
            return outcome.Kind == SendOutcomeKind.Accepted
                ? turn.Change(new StatusRaised(
                    work.Record.Tenant, completed.Message, MessageStatus.Accepted, around.Now, outcome.Wamid, null,
                    null, null))
                : turn;
        }

        if (outcome.Kind == SendOutcomeKind.Unknown)
        {
            // The row stays as it is: a status settles it, or time does (MUST W1).
            return turn.Emit(
                new Seen(send.Row.Tenant, "send_in_doubt", send.Row.Message.ToString(), outcome.Error?.Reason ?? ""))
                .Publish(around);
        }

        turn.Change(new AttemptEnded(
            send.Row.Tenant,
            send.Row.Message,
            completed.Attempt,
            Word(outcome.Kind),
            outcome.Error?.Code ?? 0,
            outcome.Wamid,
            around.Now));
        var record = Standing.CloseDays(work.Record, around.Now);
        return Apply(turn, record, send.Row, outcome, around).Publish(around);
    }

    public static Turn<NumberAtWork> ByStatus(NumberAtWork work, SettledByStatus settled, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        var update = settled.Update;
        var failed = update.Status == MessageStatus.Failed;
        if (failed && work.Queue.Find(settled.Message) is null)
        {
            var record = Standing.CloseDays(work.Record, around.Now);
            Remember(turn, record with { Traffic = record.Traffic with { Failed = record.Traffic.Failed + 1 } });
        }

        if (failed && RiskCodes.Contains(update.Error?.Code ?? 0))
        {
            turn.Write(Standing.Risk(Standing.CloseDays(turn.Next.Record, around.Now), around.Now));
            Standing.Alarm(turn, "number_risk", update.Error!.Reason, around.Now);
        }

        if (work.Queue.Find(settled.Message) is not { } send)
        {
            // Not here, so long settled: the conversation may forget it.
            return turn.Tell(
                OwnerKey.Of(work.Record.Tenant, settled.Conversation),
                new SendSettled(settled.Message, update.Status, update.Wamid));
        }

        if (failed && !IsUnderWay(send.Row, settled.Attempt))
        {
            // A late failure of attempt 1 does not touch attempt 2, begun or not (MUST D2).
            return turn;
        }

        turn.Change(new AttemptEnded(
            send.Row.Tenant, send.Row.Message, settled.Attempt, "settled_by_status", update.Error?.Code ?? 0,
            update.Wamid, update.At));
        turn.Change(new QueueRowRemoved(send.Row.Tenant, send.Row.Number, send.Row.Message));
        work.Queue.Remove(send.Row.Message, around.Now);
        return turn.TellSettled(send.Row, update.Status, update.Wamid).Publish(around);
    }

    /// <summary>A status has settled this attempt in the message's row, and its hint never came: the number crashed
    /// first.</summary>
    public static void Prove(Turn<NumberAtWork> turn, QueuedSend send, in NumberSurroundings around)
    {
        var row = send.Row;
        turn.Change(new AttemptEnded(row.Tenant, row.Message, row.Attempt, "settled_by_status", 0, null, around.Now));
        turn.Change(new QueueRowRemoved(row.Tenant, row.Number, row.Message));
        turn.Next.Queue.Remove(row.Message, around.Now);
        turn.TellSettled(row, send.Status, null);
    }

    private static bool IsUnderWay(QueueRow row, int attempt) =>
        row.Phase == QueuePhase.Attempting && row.Attempt == attempt;

    private static Turn<NumberAtWork> Apply(
        Turn<NumberAtWork> turn, PhoneNumberState record, QueueRow row, SendOutcome outcome,
        in NumberSurroundings around)
    {
        var now = around.Now;
        switch (outcome.Kind)
        {
            case SendOutcomeKind.Accepted:
                return Accept(turn, record, row, outcome, now);

            case SendOutcomeKind.ThrottledNumber:
                Retry(turn, row, outcome, around);
                return turn.Write(record with
                {
                    Pacing = record.Pacing.OnThrottled(row.AttemptAt!.Value, now),
                    Throttles = record.Throttles + 1,
                    HeldUntil = now + outcome.Retry.WaitBefore(record.Throttles + 1),
                });

            case SendOutcomeKind.ThrottledPair:
                turn.Next.Queue.RefusePair(row.Conversation, now);
                Retry(turn, row, outcome, around);
                return turn;

            case SendOutcomeKind.Transient:
                Retry(turn, row, outcome, around);
                return turn;

            case SendOutcomeKind.StopNumber:
                return Stop(turn, record, row, outcome, now);

            case SendOutcomeKind.HoldNumber or SendOutcomeKind.AuthenticationLost:
                Return(turn, row, null);
                turn.Write(record with { Stopped = Reason(outcome) });
                Standing.Alarm(turn, "number_stopped", Reason(outcome), now);
                return turn;

            case SendOutcomeKind.Rejected or SendOutcomeKind.ParkRecipient or SendOutcomeKind.SuppressRecipient
                or SendOutcomeKind.StopTemplate or SendOutcomeKind.StopCampaigns:
                Fail(turn, row, outcome, around);
                return Remember(
                    turn, record with { Traffic = record.Traffic with { Failed = record.Traffic.Failed + 1 } });

            default:
                throw new InvalidOperationException($"no rule for {outcome.Kind}");
        }
    }

    private static Turn<NumberAtWork> Accept(
        Turn<NumberAtWork> turn, PhoneNumberState record, QueueRow row, SendOutcome outcome, DateTimeOffset now)
    {
        turn.Change(new StatusRaised(
            row.Tenant, row.Message, MessageStatus.Accepted, now, outcome.Wamid, null, null, row.Conversation));
        turn.Change(new QueueRowRemoved(row.Tenant, row.Number, row.Message));
        turn.Next.Queue.Remove(row.Message, now);
        turn.TellSettled(row, MessageStatus.Accepted, outcome.Wamid);
        turn.Emit(new Seen(row.Tenant, "message_accepted", row.Conversation.ToString(), row.Message.ToString()));
        return Remember(turn, record with
        {
            Pacing = record.Pacing.OnAccepted(),
            Traffic = record.Traffic with { Sent = record.Traffic.Sent + 1 },
            Throttles = 0,
        });
    }

    private static Turn<NumberAtWork> Stop(
        Turn<NumberAtWork> turn, PhoneNumberState record, QueueRow row, SendOutcome outcome, DateTimeOffset now)
    {
        var release = now + outcome.Retry.WaitBefore(1);
        Return(turn, row, release);
        turn.Write(Standing.Risk(record, now) with
        {
            HeldUntil = release,
            Stopped = release is null ? Reason(outcome) : record.Stopped,
        });
        Standing.Alarm(turn, "number_risk", Reason(outcome), now);
        return turn;
    }

    /// <summary>Counters of the day are kept in memory and written with the next attempt: losing a minute of them in a
    /// crash is harmless.</summary>
    private static Turn<NumberAtWork> Remember(Turn<NumberAtWork> turn, PhoneNumberState record) =>
        turn.Then(turn.Next with { Record = record });

    private static void Retry(Turn<NumberAtWork> turn, QueueRow row, SendOutcome outcome, in NumberSurroundings around)
    {
        if (outcome.Retry.WaitBefore(row.Attempt) is { } wait)
        {
            Return(turn, row, around.Now + wait);
        }
        else
        {
            Fail(turn, row, outcome, around);
        }
    }

    private static void Return(Turn<NumberAtWork> turn, QueueRow row, DateTimeOffset? notBefore)
    {
        turn.Change(new QueueRowReturned(row.Tenant, row.Number, row.Message, row.Attempt, notBefore));
        turn.Next.Queue.Return(row.Message, notBefore);
    }

    private static void Fail(Turn<NumberAtWork> turn, QueueRow row, SendOutcome outcome, in NumberSurroundings around)
    {
        if (outcome.Alert)
        {
            Standing.Alarm(turn, "send_failed", Reason(outcome), around.Now);
        }

        Queueing.End(
            turn, row, MessageStatus.Failed, outcome.Error ?? new SendError(0, Word(outcome.Kind), null), around);
    }

    private static string Reason(SendOutcome outcome) => outcome.Error?.Reason ?? Word(outcome.Kind);

    private static string Word(SendOutcomeKind kind) => kind switch
    {
        SendOutcomeKind.Accepted => "accepted",
        SendOutcomeKind.ThrottledNumber => "throttled",
        SendOutcomeKind.ThrottledPair => "throttled_pair",
        SendOutcomeKind.Transient => "transient",
        SendOutcomeKind.Rejected => "rejected",
        SendOutcomeKind.ParkRecipient => "recipient_parked",
        SendOutcomeKind.SuppressRecipient => "recipient_suppressed",
        SendOutcomeKind.StopTemplate => "template_stopped",
        SendOutcomeKind.StopCampaigns => "campaigns_stopped",
        SendOutcomeKind.HoldNumber => "number_held",
        SendOutcomeKind.StopNumber => "number_stopped",
        SendOutcomeKind.AuthenticationLost => "authentication_lost",
        SendOutcomeKind.Unknown => "unknown",
    };
}
