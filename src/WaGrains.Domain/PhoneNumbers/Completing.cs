using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What an attempt's outcome does to its message and to its number.</summary>
internal static class Completing
{
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
                Seen.Of(send.Row.Tenant, "send_in_doubt", send.Row.Message, outcome.Error?.Reason ?? ""))
                .Publish(around);
        }

        turn.Change(new AttemptEnded(
            send.Row.Tenant,
            send.Row.Message,
            completed.Attempt,
            Word(outcome),
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

        if (failed && update.Error is { } error)
        {
            Days.Close(turn, around);
            Refusing.Failed(turn, work.Queue.Find(settled.Message), error, around);
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
        in NumberSurroundings around) => outcome.Kind switch
        {
            SendOutcomeKind.Accepted => Accept(turn, record, send, outcome, around),
            SendOutcomeKind.Refused => Refusing.Refused(turn, send, outcome.Error!, around),
            SendOutcomeKind.NotSent => Return(
                turn, send.Row,
                around.Now + RetryRule.Backoff.WaitBefore(send.Row.Attempt, send.Row.Message.Value)),
            SendOutcomeKind.Unknown => throw new InvalidOperationException("a doubt is no end of an attempt"),
        };

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
        turn.Emit(Seen.Of(row.Tenant, "message_accepted", row.Conversation));
        return Days.Count(turn, record with
        {
            Pacing = record.Pacing.OnAccepted(around.Rules.Throttling.StepRatio, now),
            Traffic = record.Traffic.WithSent(Marketing.Is(send.Content), now),
            Throttles = 0,
        }, around);
    }

    /// <summary>The attempt surely did not reach the contact: the message waits again.</summary>
    internal static Turn<NumberAtWork> Return(Turn<NumberAtWork> turn, QueueRow row, DateTimeOffset? notBefore)
    {
        turn.Change(new QueueRowReturned(row.Tenant, row.Number, row.Message, row.Attempt, notBefore));
        turn.Next.Queue.Return(row.Message, notBefore);
        return turn;
    }

    private static Turn<NumberAtWork> CountFailed(
        Turn<NumberAtWork> turn, PhoneNumberState record, in NumberSurroundings around) =>
        Days.Count(turn, record with { Traffic = record.Traffic with { Failed = record.Traffic.Failed + 1 } }, around);

    private static string Word(SendOutcome outcome) => outcome.Kind switch
    {
        SendOutcomeKind.Accepted => outcome.HeldForQuality ? "held_for_quality" : "accepted",
        SendOutcomeKind.Refused => outcome.Error!.Reason,
        SendOutcomeKind.NotSent => "not_sent",
        SendOutcomeKind.Unknown => "unknown",
    };
}
