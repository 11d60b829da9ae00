using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Portfolios;

/// <summary>
/// Every decision of a portfolio. What it grants is a row before anybody hears of it, and ends only with what the
/// archive says of the message: no crash and no lost hint can make it grant twice what Meta allows.
/// </summary>
public static class Portfolio
{
    /// <summary>Where there is no limit, a number need not ask again for so long.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(1);

    /// <summary>What Meta counts for 24 hours we count a little longer: its time stamps are whole seconds, and its
    /// clock is not ours.</summary>
    private static readonly TimeSpan CountedFor = TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1);

    /// <summary>Nobody knows whether it left; should it have, it may arrive as much as a day later.</summary>
    private static readonly TimeSpan UnknownFor = CountedFor + TimeSpan.FromHours(24);

    private static readonly TimeSpan LooksEvery = TimeSpan.FromMinutes(1);

    /// <summary>Budget that comes free by the second is told of so often: each word makes every number ask.</summary>
    private static readonly TimeSpan TellsEvery = TimeSpan.FromSeconds(5);

    /// <summary>Rows that count no longer go at their time where somebody waits for them, else so often.</summary>
    private static readonly TimeSpan TidiesEvery = TimeSpan.FromMinutes(5);

    /// <summary>Rows that go in one turn at most.</summary>
    private const int ExpireMax = 2_000;

    /// <summary>The part of the limit that is enough.</summary>
    private const int FreeEnough = 100;

    /// <summary>Decides one message.</summary>
    public static Turn<PortfolioAtWork> Decide(PortfolioAtWork work, OwnerMessage message, DateTimeOffset now)
    {
        var gone = work.Book.Expire(now, ExpireMax);
        var turn = message switch
        {
            AskBudget m => Ask(work, m, now),
            GiveBackBudget m => GiveBack(work, m),
            TellFates m => Settle(work, m, now),
            JoinPortfolio m => Join(Turn.Accept(work), m.Number),
            SetMessagingLimit m => Set(work, m, now).Keep(work.Record.Tenant, m.Idempotency, now),
            ReportLimitHit m => Stop(work, m, now),
            ReadPortfolio => work.Record.Version == 0
                ? Turn.Refuse(work, Refusals.NotFound)
                : Turn.Answer(work, View(work)),
            Wake => Turn.Accept(work),
            _ => throw new InvalidOperationException($"a portfolio takes no {message.GetType().Name}"),
        };
        var (tenant, id) = (work.Record.Tenant, work.Record.Id);
        turn.Change(gone.Select(expired => new BudgetReleased(tenant, id, expired)));
        return TellThoseWhoWait(Look(Write(Ease(turn), work.Record), now), now);
    }

    private static PortfolioView View(PortfolioAtWork work) => new(
        work.Record, work.Book.Counted, work.Book.Users - work.Book.Counted, work.Book.NextEnd);

    private static Turn<PortfolioAtWork> Ask(PortfolioAtWork work, AskBudget ask, DateTimeOffset now)
    {
        var turn = Join(Turn.Accept(work), ask.Number);
        var (record, book) = turn.Next;
        var stopped = record.IsStopped(now);
        if (record.Limit.IsOpen && !stopped)
        {
            return Answer(turn, ask.Number, new BudgetAnswered(record.Id, [], [], null, OpenFor));
        }

        List<MessageId> granted = [];
        List<MessageId> refused = [];
        foreach (var (message, contact) in ask.Wishes)
        {
            if (!book.Has(message))
            {
                if (!book.Knows(contact) && (stopped || !record.Limit.Allows(book.Users)))
                {
                    refused.Add(message);
                    continue;
                }

                var row = new BudgetReservation(record.Tenant, record.Id, message, contact, ask.Number, now, null);
                book.Put(row);
                turn.Change(new BudgetReserved(row));
            }

            granted.Add(message);
        }

        Mark(turn, ask.Number, refused.Count, now);
        var until = stopped ? record.StoppedUntil : book.NextEnd;
        return Answer(turn, ask.Number, new BudgetAnswered(record.Id, granted, refused, until, null));
    }

    private static Turn<PortfolioAtWork> Answer(
        Turn<PortfolioAtWork> turn, PhoneNumberId number, BudgetAnswered answer) =>
        turn.Tell(OwnerKey.Of(turn.Next.Record.Tenant, number), answer);

    /// <summary>Notes that there is not enough.</summary>
    private static void Mark(Turn<PortfolioAtWork> turn, PhoneNumberId number, int refused, DateTimeOffset now)
    {
        if (refused == 0)
        {
            return;
        }

        turn.Next.Waiting.Add(number);
        if (turn.Next.Record is { FullSince: null } record)
        {
            turn.Then(turn.Next with { Record = record with { FullSince = now } });
            Alarm(turn, "portfolio_full", "Messages to people who have not written wait for its limit.", now);
        }
    }

    /// <summary>There is enough again: a hundredth of the limit, or it would be full anew with each message.</summary>
    private static Turn<PortfolioAtWork> Ease(Turn<PortfolioAtWork> turn)
    {
        var (record, book) = turn.Next;
        var isFree = record.Limit.IsOpen || record.Limit.Users - book.Users > record.Limit.Users / FreeEnough;
        return record.FullSince is not null && isFree && turn.Next.Waiting.Count == 0
            ? turn.Then(turn.Next with { Record = record with { FullSince = null } })
            : turn;
    }

    private static Turn<PortfolioAtWork> GiveBack(PortfolioAtWork work, GiveBackBudget back)
    {
        var turn = Turn.Accept(work);
        foreach (var message in back.Messages.Where(work.Book.Holds))
        {
            Release(turn, message);
        }

        return turn;
    }

    /// <summary>The archive has the last word on what became of a message.</summary>
    private static Turn<PortfolioAtWork> Settle(PortfolioAtWork work, TellFates tell, DateTimeOffset now)
    {
        var turn = Turn.Accept(work);
        foreach (var (message, status, at) in tell.Fates.Where(fate => work.Book.Holds(fate.Message)))
        {
            if (CountsUntil(status, at) is not { } until)
            {
                continue;
            }

            if (until <= now)
            {
                Release(turn, message);
                continue;
            }

            var row = work.Book.Find(work.Record, message)! with { ExpiresAt = until };
            work.Book.Put(row);
            turn.Change(new BudgetReserved(row));
        }

        return turn;
    }

    /// <summary>Until when a message counts at this status; null while it is open, the past where it never
    /// will.</summary>
    private static DateTimeOffset? CountsUntil(MessageStatus status, DateTimeOffset at) => status switch
    {
        MessageStatus.Delivered or MessageStatus.Read or MessageStatus.Played => at + CountedFor,
        MessageStatus.Unknown => at + UnknownFor,
        MessageStatus.Failed or MessageStatus.Expired or MessageStatus.Cancelled => DateTimeOffset.MinValue,
        MessageStatus.Received or MessageStatus.Queued or MessageStatus.Accepted or MessageStatus.Sent => null,
    };

    private static void Release(Turn<PortfolioAtWork> turn, MessageId message)
    {
        var (record, book) = turn.Next;
        book.Remove(message);
        turn.Change(new BudgetReleased(record.Tenant, record.Id, message));
    }

    private static Turn<PortfolioAtWork> Join(Turn<PortfolioAtWork> turn, PhoneNumberId number)
    {
        var record = turn.Next.Record;
        return record.Numbers.Contains(number)
            ? turn
            : turn.Then(turn.Next with
            {
                Record = record with { Numbers = [.. record.Numbers.Append(number).Order()] },
            });
    }

    private static Turn<PortfolioAtWork> Set(PortfolioAtWork work, SetMessagingLimit set, DateTimeOffset now)
    {
        var record = work.Record;
        if (record.LimitCause is not null && record.Limit == set.Limit)
        {
            return Turn.Answer(work, View(work));
        }

        var next = work with
        {
            Record = record with
            {
                Limit = set.Limit, LimitSince = now, LimitCause = set.Cause,
            },
        };
        var turn = Turn.Answer(next, View(next with { Record = next.Record with { Version = record.Version + 1 } }));
        work.Waiting.Clear();
        return TellAll(turn, record.Numbers);
    }

    private static Turn<PortfolioAtWork> Stop(PortfolioAtWork work, ReportLimitHit hit, DateTimeOffset now)
    {
        var turn = Join(Turn.Accept(work), hit.Number);
        var record = turn.Next.Record;
        if (record.IsStopped(now))
        {
            return turn;
        }

        turn.Then(turn.Next with { Record = record with { StoppedUntil = now + hit.Wait } });
        Alarm(turn, "portfolio_limit_hit", $"Meta has refused for its limit: {hit.Code}.", now);
        return TellAll(turn, turn.Next.Record.Numbers);
    }

    private static Turn<PortfolioAtWork> TellAll(Turn<PortfolioAtWork> turn, IEnumerable<PhoneNumberId> numbers)
    {
        var record = turn.Next.Record;
        foreach (var number in numbers)
        {
            turn.Tell(OwnerKey.Of(record.Tenant, number), new BudgetChanged(record.Id));
        }

        return turn;
    }

    private static Turn<PortfolioAtWork> Write(Turn<PortfolioAtWork> turn, PortfolioState before)
    {
        if (turn.Changes.Count == 0 && ReferenceEquals(turn.Next.Record, before))
        {
            return turn;
        }

        var written = turn.Next.Record with { Version = before.Version + 1 };
        return turn.Then(turn.Next with { Record = written })
            .Change(new PortfolioWritten(written) { Before = before });
    }

    /// <summary>Compares what is held with the archive from time to time: a hint may have been lost.</summary>
    private static Turn<PortfolioAtWork> Look(Turn<PortfolioAtWork> turn, DateTimeOffset now)
    {
        var work = turn.Next;
        if (work.LooksAt <= now && work.Book.HeldMessages > 0)
        {
            turn.Emit(new ReadQueueAgain(work.Record.Owner));
        }

        return turn.Then(work with
        {
            LooksAt = work.Book.HeldMessages == 0 ? null : work.LooksAt > now ? work.LooksAt : now + LooksEvery,
        });
    }

    private static Turn<PortfolioAtWork> TellThoseWhoWait(Turn<PortfolioAtWork> turn, DateTimeOffset now)
    {
        var work = turn.Next;
        var isFree = !work.Record.IsStopped(now) && work.Record.Limit.Allows(work.Book.Users);
        if (work.Waiting.Count > 0 && isFree && work.ToldAt + TellsEvery <= now)
        {
            TellAll(turn, [.. work.Waiting]);
            work.Waiting.Clear();
            turn.Then(work = work with { ToldAt = now });
        }

        DateTimeOffset? at = work.LooksAt;
        if (work.Waiting.Count > 0)
        {
            at = Earlier(at, isFree ? work.ToldAt + TellsEvery : work.Record.IsStopped(now)
                ? work.Record.StoppedUntil!.Value
                : Later(work.Book.NextEnd ?? now + LooksEvery, now + TellsEvery));
        }
        else if (work.Book.NextEnd is { } end)
        {
            at = Earlier(at, Later(end, now + TidiesEvery));
        }

        return at is { } wake ? turn.Emit(new WakeAt(work.Record.Owner, "", wake)) : turn;
    }

    private static void Alarm(Turn<PortfolioAtWork> turn, string kind, string detail, DateTimeOffset now)
    {
        var record = turn.Next.Record;
        var id = MessageId.New(now, ((UInt128)record.Id.Value << 16) | (ushort)record.Version);
        turn.Change(new AlertRaised(record.Tenant, id, now, kind, record.Id.ToString(), detail));
        turn.Emit(Seen.Of(record.Tenant, kind, record.Id, detail));
    }

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
