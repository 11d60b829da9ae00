using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Bulk;

/// <summary>Every decision of a bulk send: what is to be done next, and whether anything is.</summary>
public static class BulkSend
{
    /// <summary>Recipients of one commit at most, when they are stored, dropped or removed.</summary>
    public const int SliceMax = 1_000;

    /// <summary>A round that nobody has heard of for so long was lost with its silo, or failed.</summary>
    private static readonly TimeSpan RoundLostAfter = TimeSpan.FromMinutes(1);

    /// <summary>Decides one message.</summary>
    public static Turn<BulkSendState> Decide(BulkSendState state, OwnerMessage message, DateTimeOffset now)
    {
        if (state.Version == 0 && message is not CreateBulkSend)
        {
            return Turn.Refuse(state, Refusals.NotFound);
        }

        return message switch
        {
            CreateBulkSend m => Create(state, m, now),
            PauseBulkSend m => Pause(state).Keep(state.Tenant, m.Idempotency, now),
            ResumeBulkSend m => Resume(state, now).Keep(state.Tenant, m.Idempotency, now),
            CancelBulkSend m => Cancel(state, now).Keep(state.Tenant, m.Idempotency, now),
            BulkSendAdvanced m => Advance(state, m, now),
            DropRecipients m => Turn.Accept(state)
                .Change(new BulkRecipientsDropped(state.Tenant, state.Id, m.From, m.Through, m.Code)),
            ReadBulkSend => Turn.Answer(state, new BulkSendView(state)),
            Wake => WakeUp(state, now),
            _ => throw new InvalidOperationException($"a bulk send takes no {message.GetType().Name}"),
        };
    }

    private static Turn<BulkSendState> Create(BulkSendState state, CreateBulkSend create, DateTimeOffset now)
    {
        if (state.Version > 0)
        {
            return Turn.Refuse(state, Refusals.AlreadyExists);
        }

        var draft = create.Draft;
        return Write(state, state with
        {
            Name = draft.Name,
            Numbers = draft.Numbers,
            Content = draft.Content,
            Lane = draft.Lane,
            Deadline = draft.Deadline,
            Total = draft.Total,
            CreatedAt = now,
        }).GoOn(now).Keep(state.Tenant, create.Idempotency, now);
    }

    private static Turn<BulkSendState> Pause(BulkSendState state) => state.Phase switch
    {
        BulkPhase.Running => Write(state, state with { Phase = BulkPhase.Paused }).HoldAtNumbers(true).Claim(),
        BulkPhase.Paused => Turn.Answer(state, new BulkSendView(state)),
        BulkPhase.Closing or BulkPhase.Ended => Turn.Refuse(state, Refusals.SendEnded),
    };

    private static Turn<BulkSendState> Resume(BulkSendState state, DateTimeOffset now) => state.Phase switch
    {
        BulkPhase.Paused => Write(state, state with { Phase = BulkPhase.Running }).HoldAtNumbers(false)
            .GoOn(now),
        BulkPhase.Running => Turn.Answer(state, new BulkSendView(state)),
        BulkPhase.Closing or BulkPhase.Ended => Turn.Refuse(state, Refusals.SendEnded),
    };

    private static Turn<BulkSendState> Cancel(BulkSendState state, DateTimeOffset now) => state.Phase switch
    {
        BulkPhase.Running or BulkPhase.Paused => Close(state, state, "cancelled", now),
        BulkPhase.Closing => Turn.Answer(state, new BulkSendView(state)),
        BulkPhase.Ended => state.Ends == "cancelled"
            ? Turn.Answer(state, new BulkSendView(state))
            : Turn.Refuse(state, Refusals.SendEnded),
    };

    private static Turn<BulkSendState> Advance(BulkSendState state, BulkSendAdvanced advanced, DateTimeOffset now)
    {
        if (state.Phase is BulkPhase.Paused or BulkPhase.Ended)
        {
            return Turn.Accept(state);
        }

        var next = state with
        {
            Cursor = Math.Clamp(advanced.Through, state.Cursor, state.Total),
            Drain = advanced.Point is { } point ? DrainHistory.With(state.Drain, point) : state.Drain,
        };
        if (next.Cursor == next.Total && advanced.Queued == 0)
        {
            return Write(state, next with { Phase = BulkPhase.Ended, EndedAt = now })
                .HoldAtNumbers(false)
                .Emit(new RowsClaimed(state.Owner, 0));
        }

        if (IsLate(next, now))
        {
            return Close(state, next, "deadline_passed", now);
        }

        var turn = next.Cursor == state.Cursor && ReferenceEquals(next.Drain, state.Drain)
            ? Turn.Answer(state, new BulkSendView(state))
            : Write(state, next);
        return advanced.NextIn <= TimeSpan.Zero ? turn.GoOn(now) : turn.LookAgain(now + advanced.NextIn);
    }

    private static Turn<BulkSendState> WakeUp(BulkSendState state, DateTimeOffset now) => state.Phase switch
    {
        BulkPhase.Ended => Turn.Accept(state),

        // A number may have missed it.
        BulkPhase.Paused when now < state.Deadline => Turn.Accept(state).HoldAtNumbers(true).LookAgain(state.Deadline),
        BulkPhase.Paused => Close(state, state, "deadline_passed", now),
        BulkPhase.Running when IsLate(state, now) => Close(state, state, "deadline_passed", now),
        BulkPhase.Closing => Turn.Accept(state).HoldAtNumbers(true).GoOn(now),
        BulkPhase.Running => Turn.Accept(state).GoOn(now),
    };

    private static bool IsLate(BulkSendState state, DateTimeOffset now) =>
        state.Phase == BulkPhase.Running && state.Cursor < state.Total && state.Deadline <= now;

    private static Turn<BulkSendState> Close(
        BulkSendState before, BulkSendState state, string why, DateTimeOffset now) =>
        Write(before, state with { Phase = BulkPhase.Closing, Ends = why }).HoldAtNumbers(true).GoOn(now);

    private static Turn<BulkSendState> Write(BulkSendState before, BulkSendState state)
    {
        var written = state with { Version = before.Version + 1 };
        return Turn.Answer(written, new BulkSendView(written))
            .Change(new BulkSendWritten(written) { Before = before });
    }

    private static Turn<BulkSendState> HoldAtNumbers(this Turn<BulkSendState> turn, bool held)
    {
        var state = turn.Next;
        foreach (var number in state.Numbers)
        {
            turn.Tell(OwnerKey.Of(state.Tenant, number), new HoldSend(state.Id, held));
        }

        return turn;
    }

    private static Turn<BulkSendState> GoOn(this Turn<BulkSendState> turn, DateTimeOffset now) =>
        turn.Emit(new CarryOut(turn.Next.Owner)).LookAgain(now + RoundLostAfter);

    private static Turn<BulkSendState> LookAgain(this Turn<BulkSendState> turn, DateTimeOffset at) =>
        turn.Emit(new WakeAt(turn.Next.Owner, "", at)).Claim();

    private static Turn<BulkSendState> Claim(this Turn<BulkSendState> turn) =>
        turn.Emit(new RowsClaimed(turn.Next.Owner, 1));
}
