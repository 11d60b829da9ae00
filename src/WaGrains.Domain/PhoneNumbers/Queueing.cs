using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>How rows come into the queue and are withdrawn from it.</summary>
internal static class Queueing
{
    public static Turn<NumberAtWork> Enqueue(NumberAtWork work, EnqueueSends enqueue, in NumberSurroundings around)
    {
        // A message that should be before these and is not here was either settled lately or its hint was lost: the
        // rows know.
        foreach (var earlier in enqueue.Earlier)
        {
            if (work.Queue.Find(earlier) is null)
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

            turn.Change(new SendWithdrawn(work.Record.Tenant, work.Record.Id, forget.Message, around.Now));
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

    /// <summary>Takes a message out of the queue for good, unsent.</summary>
    public static void End(
        Turn<NumberAtWork> turn, QueueRow row, MessageStatus status, SendError error, in NumberSurroundings around)
    {
        turn.Change(new QueueRowRemoved(row.Tenant, row.Number, row.Message));
        turn.Change(new StatusRaised(row.Tenant, row.Message, status, around.Now, null, error, null));
        turn.TellSettled(row, status, null, error.Code);
        turn.Emit(
            new Seen(row.Tenant, "message_" + MessageWords.Of(status), row.Conversation.ToString(), error.Reason));
        turn.Next.Queue.Remove(row.Message, around.Now);
    }
}
