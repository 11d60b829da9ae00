using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>What a number's decisions may look at besides its state and the message.</summary>
/// <param name="InboundPerMinute">What the number receives now; it shares Meta's throughput level with what it
/// sends.</param>
/// <param name="Healthy">How long the number's webhooks have been flowing, in all: the clock of doubts.</param>
/// <param name="ResendUnknown">Whether the tenant wants sends of unknown outcome sent again (MUST W1).</param>
/// <param name="Now">The turn's time.</param>
public readonly record struct NumberSurroundings(
    double InboundPerMinute, TimeSpan Healthy, bool ResendUnknown, DateTimeOffset Now)
{
    /// <summary>How the tenant wants its numbers paced.</summary>
    public PacingRules Rules { get; init; } = PacingRules.Default;

    /// <summary>What Meta takes from none of an account's numbers, as the tenant last told.</summary>
    public StopBook Stops { get; init; } = StopBook.None;

    /// <summary>Where a recipient's clock is; UTC where nobody knows.</summary>
    public RecipientZone Zone { get; init; } = static _ => null;
}

/// <summary>Every decision of a number. The arms delegate; each concern has a file of its own.</summary>
public static class PhoneNumber
{
    /// <summary>Decides one message.</summary>
    public static Turn<NumberAtWork> Decide(NumberAtWork work, OwnerMessage message, in NumberSurroundings around)
    {
        if (work.Record.Version == 0 && message is not (ConfigureNumber or EnqueueSends or AdoptRows))
        {
            return Turn.Refuse(work, Refusals.NotFound);
        }

        return message switch
        {
            EnqueueSends m => Queueing.Enqueue(work, m, around),
            AdoptRows m => Queueing.Adopt(work, m, around),
            ForgetSend m => Queueing.Forget(work, m, around),
            CancelSend m => Queueing.Cancel(work, m, around),
            Pump => Pumping.Pump(work, around),
            SendStarted m => Pumping.Started(work, m, around),
            SendCompleted m => Completing.Completed(work, m, around),
            SettledByStatus m => Completing.ByStatus(work, m, around),
            QualityChanged m => Standing.Changed(work, m, around),
            ContactReplied m => Days.Replied(work, m, around),
            ContactOptedOut m => Days.OptedOut(work, m, around),
            ParkRecipient m => Resting.Park(work, m, around),
            BudgetAnswered m => Budgeting.Answered(work, m, around),
            BudgetChanged m => Budgeting.Changed(work, m, around),
            ReportStuck m => Stuck.Report(work, m, around),
            ConfigureNumber m => Standing.Configure(work, m, around),
            HoldSend m => Queueing.Hold(work, m, around),
            ReadRoom m => Turn.Answer(work, Queueing.Room(work, m.Send, around)),
            ReadPace => Turn.Answer(work, Standing.Report(work, around)),
            Wake => Turn.Accept(work).Emit(new ReadQueueAgain(work.Record.Owner))
                .Emit(new WakeAt(work.Record.Owner, "", around.Now)),
            _ => throw new InvalidOperationException($"a number takes no {message.GetType().Name}"),
        };
    }

    /// <summary>The state's next version with its row's change, and with an entry in its pace history where the pace
    /// has changed.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="next">What is written.</param>
    /// <param name="cause">What has changed it: the history's word, should the pace have changed.</param>
    /// <param name="around">What the decision may look at.</param>
    internal static Turn<NumberAtWork> Write(
        this Turn<NumberAtWork> turn, PhoneNumberState next, string cause, in NumberSurroundings around) =>
        Written(turn, next with { Version = next.Version + 1 }, cause, around);

    /// <summary>As <see cref="Write"/>, where nothing but traffic and the slot has changed: with each send.</summary>
    internal static Turn<NumberAtWork> WriteSlot(
        this Turn<NumberAtWork> turn, Gcra slot, in NumberSurroundings around)
    {
        var record = turn.Next.Record;
        return Written(
            turn, record with { Slot = slot, Version = record.Version + 1 }, PaceHistory.Drift(record), around);
    }

    private static Turn<NumberAtWork> Written(
        Turn<NumberAtWork> turn, PhoneNumberState next, string cause, in NumberSurroundings around)
    {
        var before = turn.Next.Record;
        turn.Then(turn.Next with { Record = next, Wrote = next.Version });
        var entry = PaceHistory.Note(turn.Next, cause, around);
        if (entry is not null)
        {
            turn.Then(turn.Next with { Record = next with { Recorded = entry.Newest } });
        }

        turn.Change(new PhoneNumberWritten(turn.Next.Record) { Before = before });
        return entry is null ? turn : turn.Change(entry);
    }

    /// <summary>Publishes the depth and asks for the next slot: the end of every turn that moved the queue.</summary>
    internal static Turn<NumberAtWork> Publish(this Turn<NumberAtWork> turn, in NumberSurroundings around)
    {
        var start = Pumping.NextStart(turn.Next, around);
        turn.Then(turn.Next with { DueSince = Stuck.DueSince(turn.Next, start?.At, around.Now) });
        var (record, queue) = turn.Next;
        turn.Emit(new DepthChanged(record.Owner, queue.Count, record.Settings.QueueMax, queue.Oldest)
        {
            Version = turn.Next.Wrote,
            StuckAt = Stuck.At(turn.Next.DueSince, start?.Interval),
        });
        return Pumping.NextWake(turn.Next, start?.PumpAt, around) is { } at
            ? turn.Emit(new WakeAt(record.Owner, "", at))
            : turn;
    }

    /// <summary>Tells the conversation what became of its message.</summary>
    internal static Turn<NumberAtWork> TellSettled(
        this Turn<NumberAtWork> turn, QueueRow row, MessageStatus status, string? wamid, int code = 0) =>
        turn.Tell(
            OwnerKey.Of(row.Tenant, row.Conversation), new SendSettled(row.Message, status, wamid) { Code = code });
}
