using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>Taking from the queue what every limit allows now.</summary>
internal static class Pumping
{
    /// <summary>Attempts one turn starts at most: a fast number's turn stays short.</summary>
    private const int StartsMax = 32;

    /// <summary>While webhooks do not flow the clock of doubts stands: it is looked at again so often at
    /// most.</summary>
    private static readonly TimeSpan DoubtLookedAtAfter = TimeSpan.FromMinutes(1);

    public static Turn<NumberAtWork> Pump(NumberAtWork work, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        Days.Close(turn, around);
        SettleDoubts(turn, around);
        var isStopped = Stopped.IsAt(work, around);
        if (isStopped)
        {
            Stopped.EndOverdue(turn, around);
            Note(turn, around);
        }

        var rate = Standing.Rate(turn.Next.Record, around);
        Budgeting.Ask(turn, rate.Binding.PerMinute, around);
        var record = turn.Next.Record;
        var slot = record.Slot.WithRate(rate.Binding.PerMinute, around.Now);
        var started = 0;
        while (!isStopped
            && !(record.HeldUntil > around.Now)
            && !(work.NotBefore > around.Now)
            && started < StartsMax
            && slot.NextSlot(around.Now) is var at
            && at <= around.Now + slot.Ahead
            && work.Queue.Next(around.Now) is { } send)
        {
            if (Overdue(send, at) is { } end)
            {
                Queueing.End(turn, send.Row, end.Status, end.Error, around);
                continue;
            }

            if (Stopped.Keeps(turn, send, around) || Resting.Rests(turn, send, around))
            {
                continue;
            }

            if (Budgeting.IsMissing(work, send, around.Now))
            {
                if (Budgeting.StepsAside(work, send, around.Now))
                {
                    continue;
                }

                break;
            }

            var taken = slot.SlotOf(at);
            slot = slot.Take(at);
            started++;
            Start(turn, slot, taken, work.Queue.Start(send.Row.Message, around.Now, at, around.Healthy));
        }

        if (started > 0)
        {
            turn.Then(turn.Next with { IsStuck = false, DueSince = null }).WriteSlot(slot, around);
        }

        return turn.Publish(around);
    }

    /// <summary>A start came later than its slot. Durable: after a crash the next slot must know it too.</summary>
    public static Turn<NumberAtWork> Started(NumberAtWork work, SendStarted started, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        var slot = work.Record.Slot.StartedAt(started.At);
        return slot == work.Record.Slot
            ? turn
            : turn.WriteSlot(slot, around).Publish(around);
    }

    /// <summary>The account was stopped where another number met it: this one's history tells of it too.</summary>
    private static void Note(Turn<NumberAtWork> turn, in NumberSurroundings around)
    {
        var record = turn.Next.Record;
        if (!record.IsStopped && record.Recorded?.Binding != PaceReason.AccountStopped)
        {
            turn.Write(record, Stopped.OfAccount(turn.Next, around)!.Reason, around);
        }
    }

    /// <summary>When a turn of <see cref="Pump"/> may have something to do; null when nothing waits.</summary>
    /// <param name="work">The number.</param>
    /// <param name="pump">When the next slot is to be taken.</param>
    /// <param name="around">What the decision may look at.</param>
    public static DateTimeOffset? NextWake(
        NumberAtWork work, DateTimeOffset? pump, in NumberSurroundings around)
    {
        var queue = work.Queue;
        DateTimeOffset? at = null;
        for (var i = 0; i < queue.UnderWay; i++)
        {
            var doubt = queue.Doubts[i];
            var ends = doubt.Looks == Looks.Taken || queue.Find(doubt.Message) is { IsProven: true };
            at = Earlier(at, ends ? around.Now : doubt.Holds
                ? doubt.StartedAt + SendQueue.DoubtHoldsFor
                : around.Now + Max(around.Rules.UnknownAfter - (around.Healthy - doubt.Healthy), Look(around.Rules)));
        }

        if (Budgeting.LooksAt(work, around.Now) is { } looks)
        {
            at = Earlier(at, looks);
        }

        var next = pump ?? (Stopped.IsAt(work, around) ? Stopped.LooksAgainAt(work, around) : null);
        return next is { } known ? Earlier(at, known) : at;
    }

    /// <summary>When the next message may start, and the spacing of starts; null where none waits, or none may leave at
    /// all.</summary>
    public static NextStart? NextStart(NumberAtWork work, in NumberSurroundings around)
    {
        var (record, queue) = work;
        DateTimeOffset? ready = Stopped.IsAt(work, around) ? null
            : queue.Next(around.Now) is not { } send ? queue.NextLater
            : Budgeting.BlockedUntil(work, send, around.Now) ?? around.Now;
        if (ready is not { } when)
        {
            return null;
        }

        var rate = Standing.Rate(record, around).Binding.PerMinute;
        var slot = record.Slot.WithRate(rate, around.Now);
        var next = slot.NextSlot(around.Now);
        var free = Later(Later(when, record.HeldUntil), work.NotBefore);
        return new NextStart(Later(free, next), Later(free, next - slot.Lead), slot.Interval);
    }

    private static void Start(Turn<NumberAtWork> turn, Gcra pace, DateTimeOffset slot, QueuedSend send)
    {
        var (record, row) = (turn.Next.Record, send.Row);
        turn.Change(new AttemptStarted(row.Tenant, row.Number, row.Message, row.Attempt, row.AttemptAt!.Value));
        turn.Emit(new SendToGraph(
            record.Owner, record.Settings.PhoneNumberId, row.Message, row.Attempt, row.Conversation, row.To,
            send.Content, row.ContextWamid)
        {
            Slot = slot,
            PerMinute = pace.Ahead > TimeSpan.Zero ? pace.PerMinute : null,
        });
    }

    /// <summary>Why a message may no longer be tried: window and deadline are looked at again at the attempt.</summary>
    private static (MessageStatus Status, SendError Error)? Overdue(QueuedSend send, DateTimeOffset now) =>
        send.Row.IsWithdrawn ? (MessageStatus.Cancelled, new SendError(0, "cancelled", null))
        : send.Row.Deadline <= now ? (MessageStatus.Expired, new SendError(0, "deadline_passed", null))
        : send.Row.WindowClosesAt <= now && send.Content is not TemplateContent
            ? (MessageStatus.Failed, new SendError(0, Refusals.WindowClosed.Code, null))
        : null;

    private static void SettleDoubts(Turn<NumberAtWork> turn, in NumberSurroundings around)
    {
        var queue = turn.Next.Queue;
        if (queue.UnderWay == 0)
        {
            return;
        }

        foreach (var doubt in queue.Doubts.ToList())
        {
            if (queue.Find(doubt.Message) is { IsProven: true } proven)
            {
                Completing.Prove(turn, proven, around);
                continue;
            }

            if (doubt.Holds && doubt.StartedAt + SendQueue.DoubtHoldsFor <= around.Now)
            {
                queue.ReleaseLine(doubt.Message);
            }

            if (doubt.Looks == Looks.Taken)
            {
                EndDoubt(turn, doubt, around);
            }
            else if (around.Healthy - doubt.Healthy >= around.Rules.UnknownAfter)
            {
                // The hint of a status may have been lost: the rows have the last word before anything is sent again.
                queue.AskAgain(doubt.Message);
                turn.Emit(new ReadQueueAgain(turn.Next.Record.Owner));
            }
        }
    }

    private static void EndDoubt(Turn<NumberAtWork> turn, Doubt doubt, in NumberSurroundings around)
    {
        var send = turn.Next.Queue.Find(doubt.Message)!;
        var row = send.Row;
        turn.Change(new AttemptEnded(row.Tenant, row.Message, doubt.Attempt, "unknown", 0, null, around.Now));
        // What may not leave any more is not put back only to be called expired: nobody knows that it has not left.
        if (around.ResendUnknown && Overdue(send, around.Now) is null)
        {
            turn.Change(new QueueRowReturned(row.Tenant, row.Number, row.Message, doubt.Attempt, null));
            turn.Next.Queue.Return(row.Message, null);
            return;
        }

        turn.Change(new AlertRaised(
            row.Tenant,
            row.Message,
            around.Now,
            "unknown_outcome",
            row.Message.ToString(),
            "Nobody knows whether this message left: it is not sent again."));
        Queueing.End(turn, row, MessageStatus.Unknown, new SendError(0, "unknown_outcome", null), around);
    }

    private static TimeSpan Look(PacingRules rules) =>
        rules.UnknownAfter / 10 < DoubtLookedAtAfter ? rules.UnknownAfter / 10 : DoubtLookedAtAfter;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>When a number's next message may start.</summary>
/// <param name="At">When.</param>
/// <param name="PumpAt">When its slot is to be taken, the same time or before.</param>
/// <param name="Interval">The spacing of starts at the rate in force.</param>
internal readonly record struct NextStart(DateTimeOffset At, DateTimeOffset PumpAt, TimeSpan Interval);
