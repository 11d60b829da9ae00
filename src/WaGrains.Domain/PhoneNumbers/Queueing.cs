using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>How rows come into the queue and are withdrawn from it.</summary>
internal static class Queueing
{
    private const double RoomMin = 10;
    private const double RoomMax = 1_000;

    public static Turn<NumberAtWork> Enqueue(NumberAtWork work, EnqueueSends enqueue, in NumberSurroundings around)
    {
        // A message that should be before these and that nothing is known of was settled elsewhere, or its hint was
        // lost: the rows know.
        foreach (var earlier in enqueue.Earlier)
        {
            if (!work.Queue.Knows(earlier))
            {
                return Turn.Accept(work).Emit(new ReadQueueAgain(work.Record.Owner));
            }
        }

        foreach (var send in enqueue.Sends)
        {
            work.Queue.Add(send, around.Healthy);
        }

        return Turn.Accept(work).Publish(around);
    }

    /// <summary>
    /// Rows that were read from the store are taken in. One whose attempt has started and that is not known here is
    /// either settled since it was read, or was started where this number lived twice; a doubt whose row is gone was
    /// settled there. Writing the number's record decides: it fails where another activation has written it, and this
    /// one reads its rows anew.
    /// </summary>
    public static Turn<NumberAtWork> Adopt(NumberAtWork work, AdoptRows adopt, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        var read = adopt.Sends.Select(send => send.Row.Message).ToHashSet();
        var gone = work.Queue.Doubts
            .Where(doubt => doubt.Looks == Looks.Asked && !read.Contains(doubt.Message))
            .ToList();
        foreach (var doubt in gone)
        {
            work.Queue.Remove(doubt.Message, around.Now);
        }

        var stray = gone.Count > 0;
        foreach (var send in adopt.Sends)
        {
            if (send.Row.Phase == QueuePhase.Attempting && work.Queue.Find(send.Row.Message) is null)
            {
                stray = true;
            }
            else
            {
                work.Queue.Add(send, around.Healthy);
            }
        }

        return (stray ? turn.Write(work.Record, PaceHistory.Drift(work.Record), around) : turn).Publish(around);
    }

    /// <summary>
    /// The conversation has withdrawn the message in its own commit. An attempt that had started goes on, and is the
    /// last; one that has failed since, and was put back, is withdrawn again, for the row came back after that commit.
    /// </summary>
    public static Turn<NumberAtWork> Forget(NumberAtWork work, ForgetSend forget, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        if (work.Queue.Find(forget.Message) is { } send)
        {
            if (send.Row.Phase == QueuePhase.Attempting)
            {
                work.Queue.Withdraw(forget.Message);
                return turn;
            }

            turn.Change(new SendWithdrawn(work.Record.Tenant, work.Record.Id, forget.Message, around.Now, null));
            Budgeting.GiveBack(turn, [forget.Message]);
            work.Queue.Remove(forget.Message, around.Now);
        }

        return turn.Tell(
                OwnerKey.Of(work.Record.Tenant, forget.Conversation),
                new SendSettled(forget.Message, MessageStatus.Cancelled, null))
            .Publish(around);
    }

    public static Turn<NumberAtWork> Cancel(NumberAtWork work, CancelSend cancel, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        if (work.Queue.Find(cancel.Message) is not { } send)
        {
            return Turn.Refuse(work, Refusals.NotFound);
        }

        if (send.Row.Phase != QueuePhase.Queued)
        {
            return Turn.Refuse(work, Refusals.Leaving);
        }

        End(turn, send.Row, MessageStatus.Cancelled, new SendError(0, "cancelled", null), around);
        return turn.Publish(around);
    }

    /// <summary>Holds a bulk send's messages, or lets them go; durable, for they must stay held wherever the number
    /// lives.</summary>
    public static Turn<NumberAtWork> Hold(NumberAtWork work, HoldSend hold, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        var held = work.Record.HeldSends ?? [];
        if (held.Contains(hold.Send) == hold.Held)
        {
            return turn;
        }

        IReadOnlyList<BulkSendId> next = hold.Held ? [.. held, hold.Send] : [.. held.Where(send => send != hold.Send)];
        work.Queue.Hold(hold.Send, hold.Held);
        var record = work.Record with { HeldSends = next.Count > 0 ? next : null };
        return turn.Write(record, PaceHistory.Drift(record), around).Publish(around);
    }

    /// <summary>
    /// A minute's worth of the number's pace of each send, and never more than half the queue of all: so a send of a
    /// hundred thousand fills no memory, one can be changed or stopped at once, and two share a number fairly.
    /// </summary>
    public static BulkRoom Room(NumberAtWork work, BulkSendId send, in NumberSurroundings around)
    {
        var (record, queue) = work;
        var queued = queue.CountOf(send);
        if (Stopped.IsAt(work, around) || record.HeldUntil > around.Now + TimeSpan.FromMinutes(1))
        {
            return new BulkRoom(queued, 0);
        }

        var minute = (int)Math.Clamp(Standing.Rate(record, around).Binding.PerMinute, RoomMin, RoomMax);
        return new BulkRoom(
            queued, Math.Max(0, Math.Min(minute - queued, (record.Settings.QueueMax / 2) - queue.Count)));
    }

    /// <summary>Takes a message out of the queue for good, unsent.</summary>
    public static void End(
        Turn<NumberAtWork> turn, QueueRow row, MessageStatus status, SendError error, in NumberSurroundings around)
    {
        turn.Change(new QueueRowRemoved(row.Tenant, row.Number, row.Message));
        turn.Change(new StatusRaised(
            row.Tenant, row.Message, status, around.Now, null, error, null, row.Conversation));
        turn.TellSettled(row, status, null, error.Code);
        turn.Emit(Seen.Of(row.Tenant, "message_" + MessageWords.Of(status), row.Conversation, error.Reason));
        if (status != MessageStatus.Unknown)
        {
            Budgeting.GiveBack(turn, [row.Message]);
        }

        turn.Next.Queue.Remove(row.Message, around.Now);
    }
}
