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

    /// <summary>Meta is raising the number's level, which takes up to a minute (131057; Meta, "Throughput").</summary>
    public const string UpgradeWait = "throughput_upgrade";

    private const int Maintenance = 131057;

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
        Days.Close(turn, around);
        if (send.Content is TemplateContent)
        {
            Budgeting.Report(turn, outcome.Error?.Code ?? 0, around.Rules.Portfolio);
        }

        return Apply(turn, turn.Next.Record, send, outcome, around).Publish(around);
    }

    public static Turn<NumberAtWork> ByStatus(NumberAtWork work, SettledByStatus settled, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        var update = settled.Update;
        var failed = update.Status == MessageStatus.Failed;
        if (failed && work.Queue.Find(settled.Message) is null)
        {
            Days.Close(turn, around);
            CountFailed(turn, turn.Next.Record, around);
        }

        if (failed)
        {
            Budgeting.Report(turn, update.Error?.Code ?? 0, around.Rules.Portfolio);
        }

        if (failed && RiskCodes.Contains(update.Error?.Code ?? 0))
        {
            Days.Close(turn, around);
            turn.Write(
                Standing.Risk(turn.Next.Record, around.Now), "risk_" + update.Error!.Reason, around);
            Standing.Alarm(turn, "number_risk", update.Error.Reason, around.Now);
        }

        if (work.Queue.Find(settled.Message) is not { } send)
        {
            // Not here, so long settled: the conversation may forget it.
            return turn.Tell(
                OwnerKey.Of(work.Record.Tenant, settled.Conversation),
                new SendSettled(settled.Message, update.Status, update.Wamid) { Code = update.Error?.Code ?? 0 });
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
        return turn.TellSettled(send.Row, update.Status, update.Wamid, update.Error?.Code ?? 0).Publish(around);
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
        Turn<NumberAtWork> turn, PhoneNumberState record, QueuedSend send, SendOutcome outcome,
        in NumberSurroundings around)
    {
        var row = send.Row;
        switch (outcome.Kind)
        {
            case SendOutcomeKind.Accepted:
                return Accept(turn, record, send, outcome, around);

            case SendOutcomeKind.ThrottledNumber:
                Retry(turn, row, outcome, around);
                return Throttle(turn, record, row, outcome, around);

            case SendOutcomeKind.ThrottledPair:
                turn.Next.Queue.RefusePair(row.Conversation, around.Now);
                Retry(turn, row, outcome, around);
                return turn;

            case SendOutcomeKind.Transient:
                Retry(turn, row, outcome, around);
                return outcome.Error?.Code == Maintenance
                    ? turn.Write(
                        Standing.Hold(record, around.Now + outcome.Retry.WaitBefore(1), UpgradeWait, around.Now),
                        UpgradeWait,
                        around)
                    : turn;

            case SendOutcomeKind.StopNumber:
                return Stop(turn, record, row, outcome, around);

            case SendOutcomeKind.HoldNumber or SendOutcomeKind.AuthenticationLost:
                Return(turn, row, null);
                turn.Write(
                    record with { Stopped = Reason(outcome), StoppedSince = around.Now }, Reason(outcome), around);
                Standing.Alarm(turn, "number_stopped", Reason(outcome), around.Now);
                return turn;

            case SendOutcomeKind.Rejected or SendOutcomeKind.ParkRecipient or SendOutcomeKind.SuppressRecipient
                or SendOutcomeKind.StopTemplate or SendOutcomeKind.StopCampaigns:
                Fail(turn, row, outcome, around);
                return CountFailed(turn, record, around);

            default:
                throw new InvalidOperationException($"no rule for {outcome.Kind}");
        }
    }

    private static Turn<NumberAtWork> Accept(
        Turn<NumberAtWork> turn, PhoneNumberState record, QueuedSend send, SendOutcome outcome,
        in NumberSurroundings around)
    {
        var (row, now) = (send.Row, around.Now);
        turn.Change(new StatusRaised(
            row.Tenant, row.Message, MessageStatus.Accepted, now, outcome.Wamid, null, null, row.Conversation));
        turn.Change(new QueueRowRemoved(row.Tenant, row.Number, row.Message));
        turn.Next.Queue.Remove(row.Message, now);
        turn.TellSettled(row, MessageStatus.Accepted, outcome.Wamid);
        turn.Emit(new Seen(row.Tenant, "message_accepted", row.Conversation.ToString(), row.Message.ToString()));
        return Days.Count(turn, record with
        {
            Pacing = record.Pacing.OnAccepted(around.Rules.Throttling.StepRatio),
            Traffic = record.Traffic.WithSent(Marketing.Is(send.Content), now),
            Throttles = 0,
        }, around);
    }

    private static Turn<NumberAtWork> Throttle(
        Turn<NumberAtWork> turn, PhoneNumberState record, QueueRow row, SendOutcome outcome,
        in NumberSurroundings around)
    {
        var pacing = record.Pacing with { Floor = around.Rules.Throttling.FloorPerMinute };
        var throttled = record with
        {
            Pacing = pacing.OnThrottled(row.AttemptAt!.Value, around.Now),
            Throttles = record.Throttles + 1,
        };
        return turn.Write(
            Standing.Hold(throttled, around.Now + outcome.Retry.WaitBefore(throttled.Throttles), null, around.Now),
            "throttled",
            around);
    }

    private static Turn<NumberAtWork> Stop(
        Turn<NumberAtWork> turn, PhoneNumberState record, QueueRow row, SendOutcome outcome,
        in NumberSurroundings around)
    {
        var release = around.Now + outcome.Retry.WaitBefore(1);
        var risk = Standing.Risk(record, around.Now);
        Return(turn, row, release);
        turn.Write(
            release is null
                ? risk with { Stopped = Reason(outcome), StoppedSince = around.Now }
                : Standing.Hold(risk, release, Reason(outcome), around.Now),
            "risk_" + Reason(outcome),
            around);
        Standing.Alarm(turn, "number_risk", Reason(outcome), around.Now);
        return turn;
    }

    private static Turn<NumberAtWork> CountFailed(
        Turn<NumberAtWork> turn, PhoneNumberState record, in NumberSurroundings around) =>
        Days.Count(turn, record with { Traffic = record.Traffic with { Failed = record.Traffic.Failed + 1 } }, around);

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
