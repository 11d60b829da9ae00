using WaGrains.Domain.Ids;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>
/// How a number comes to budget for messages to people outside their service windows: it asks its portfolio a few
/// seconds before it needs it, so that asking costs no pace. What has none steps aside; replies pass.
/// </summary>
internal static class Budgeting
{
    private const double AheadSeconds = 5;
    private const int AheadMin = 20;
    private const int AheadMax = 300;

    /// <summary>A window that closes so soon may have closed when the message reaches Meta.</summary>
    private static readonly TimeSpan WindowMargin = TimeSpan.FromMinutes(1);

    /// <summary>What was refused is asked for again at least so often: the word that there is some may be
    /// lost.</summary>
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMinutes(1);

    /// <summary>An open budget is asked for again when it has less than this left.</summary>
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(15);

    /// <summary>A later end of the wait is worth a row only where it is that much later.</summary>
    private static readonly TimeSpan UntilWorthNoting = TimeSpan.FromMinutes(10);

    /// <summary>Tells the portfolio that this number is one of its own.</summary>
    public static Turn<NumberAtWork> Join(Turn<NumberAtWork> turn)
    {
        var record = turn.Next.Record;
        return record.Settings.Portfolio is { } portfolio
            ? turn.Tell(OwnerKey.Of(record.Tenant, portfolio), new JoinPortfolio(record.Id))
            : turn;
    }

    /// <summary>Asks for what will soon be needed, and notes it where nobody waits any more.</summary>
    public static void Ask(Turn<NumberAtWork> turn, double perMinute, in NumberSurroundings around)
    {
        var (record, queue) = turn.Next;
        if (record.Settings.Portfolio is not { } portfolio || record.IsStopped)
        {
            return;
        }

        var (budget, now) = (queue.Budget, around.Now);
        if (queue.Templates > 0 && !(budget.OpenUntil > now + RenewBefore))
        {
            var ahead = (int)Math.Clamp(perMinute / 60 * AheadSeconds, AheadMin, AheadMax);
            if (Wishes(turn.Next, ahead, now) is { Count: > 0 } wishes)
            {
                wishes.ForEach(wish => budget.Ask(wish.Message, now));
                turn.Tell(OwnerKey.Of(record.Tenant, portfolio), new AskBudget(record.Id, wishes));
            }
        }

        if (record.BudgetSince is not null && budget.IsIdle)
        {
            turn.Write(record with { BudgetSince = null, BudgetUntil = null }, "portfolio_budget", around);
        }
    }

    private static List<BudgetWish> Wishes(NumberAtWork work, int ahead, DateTimeOffset now)
    {
        var queue = work.Queue;
        var budget = queue.Budget;
        List<BudgetWish> wishes = [];
        budget.ForgetLost(now);

        // Lines whose wait is over are ahead again only once the queue has been looked at.
        queue.Next(now);
        if (budget.RetryAt <= now)
        {
            budget.RetryAt = now + BudgetInHand.AskAgainAfter;
            wishes.AddRange(budget.Longest(ahead).Select(message => queue.Find(message)!)
                .Where(send => send.Row.Deadline > now).Select(Wish));
        }

        if (budget.Asked < ahead)
        {
            var isOpen = budget.OpenUntil > now;
            wishes.AddRange(queue.Ahead(ahead)
                .Where(send => (isOpen ? queue.IsOutside(send, now + WindowMargin) : IsMissing(work, send, now))
                    && !budget.IsAsked(send.Row.Message, now) && !budget.IsRefused(send.Row.Message))
                .Select(Wish));
        }

        return wishes;
    }

    /// <summary>Whether a message needs budget and has none.</summary>
    public static bool IsMissing(NumberAtWork work, QueuedSend send, DateTimeOffset now) =>
        work.Record.Settings.Portfolio is not null
        && work.Queue.IsOutside(send, now + WindowMargin)
        && !work.Queue.Budget.Covers(send.Row.Message, now);

    /// <summary>Lets others pass a message that waits for an answer, or was refused; one that has not been asked for
    /// does not step aside, for there is nothing it could wait for.</summary>
    public static bool StepsAside(NumberAtWork work, QueuedSend send, DateTimeOffset now)
    {
        var (message, budget) = (send.Row.Message, work.Queue.Budget);
        if (!budget.IsRefused(message) && !budget.IsAsked(message, now))
        {
            return false;
        }

        var until = now + BudgetInHand.AskAgainAfter;
        work.Queue.Await(
            send.Row.Conversation, budget.IsRefused(message) || until > send.Row.Deadline ? send.Row.Deadline : until);
        return true;
    }

    /// <summary>When a message that cannot go for want of budget is looked at again; null for one that can.</summary>
    public static DateTimeOffset? BlockedUntil(NumberAtWork work, QueuedSend send, DateTimeOffset now)
    {
        if (!IsMissing(work, send, now) || send.Row.Deadline <= now)
        {
            return null;
        }

        var budget = work.Queue.Budget;
        return budget.Asked > 0 && !budget.IsRefused(send.Row.Message) ? now + BudgetInHand.AskAgainAfter : null;
    }

    /// <summary>When something is to be asked for or noted whether or not a message could start; null where
    /// nothing is.</summary>
    public static DateTimeOffset? LooksAt(NumberAtWork work, DateTimeOffset now) =>
        work.Record.IsStopped || work.Record.Settings.Portfolio is null ? null
        : work.Record.BudgetSince is not null && work.Queue.Budget.IsIdle ? now
        : work.Queue.Budget.RetryAt;

    public static Turn<NumberAtWork> Answered(NumberAtWork work, BudgetAnswered answer, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        var (record, queue) = work;
        if (record.Settings.Portfolio != answer.Portfolio)
        {
            return turn;
        }

        if (answer.OpenFor is { } open)
        {
            queue.Budget.Open(around.Now + open);
            queue.ResumeAll();
            return turn.Publish(around);
        }

        queue.Budget.Close();
        foreach (var message in answer.Granted)
        {
            if (queue.Find(message) is { } send)
            {
                queue.Budget.Grant(message);
                queue.Resume(send.Row.Conversation);
            }
        }

        foreach (var message in answer.Refused)
        {
            if (queue.Find(message) is { Row: var row } && !queue.Budget.Covers(message, around.Now))
            {
                queue.Budget.Refuse(message);
                queue.Await(row.Conversation, row.Deadline);
            }
        }

        return Note(turn, answer, around).Publish(around);
    }

    /// <summary>Another limit, or budget that has come free: what waits is asked for again.</summary>
    public static Turn<NumberAtWork> Changed(NumberAtWork work, BudgetChanged changed, in NumberSurroundings around)
    {
        var turn = Turn.Accept(work);
        if (work.Record.Settings.Portfolio != changed.Portfolio)
        {
            return turn;
        }

        work.Queue.Budget.Close();
        work.Queue.Budget.RetryAt = work.Queue.Budget.Refused > 0 ? around.Now : null;
        return turn.Publish(around);
    }

    /// <summary>The contact has written: what waits for it needs no budget.</summary>
    public static void Opened(Turn<NumberAtWork> turn, OpenedWindow window)
    {
        var queue = turn.Next.Queue;
        GiveBack(turn, [.. queue.WaitingFor(window.Conversation)]);
        queue.OpenWindow(window.Conversation, window.ClosesAt);
    }

    /// <summary>These are not sent on the portfolio's budget.</summary>
    public static void GiveBack(Turn<NumberAtWork> turn, IReadOnlyList<MessageId> messages)
    {
        var (record, queue) = turn.Next;
        List<MessageId> back = [.. messages.Where(queue.Budget.Forget)];
        if (back.Count > 0 && record.Settings.Portfolio is { } portfolio)
        {
            turn.Tell(OwnerKey.Of(record.Tenant, portfolio), new GiveBackBudget(back));
        }
    }

    /// <summary>Tells the portfolio where Meta refuses for its limit all the same.</summary>
    public static void Report(Turn<NumberAtWork> turn, int code, PortfolioRules? given)
    {
        var rules = given ?? PortfolioRules.Default;
        var record = turn.Next.Record;
        if (code != 0 && code == rules.LimitCode && record.Settings.Portfolio is { } portfolio)
        {
            turn.Tell(
                OwnerKey.Of(record.Tenant, portfolio),
                new ReportLimitHit(record.Id, code, TimeSpan.FromMinutes(rules.StopMinutes)));
        }
    }

    private static Turn<NumberAtWork> Note(
        Turn<NumberAtWork> turn, BudgetAnswered answer, in NumberSurroundings around)
    {
        var (record, queue) = turn.Next;
        if (queue.Budget.Refused == 0)
        {
            queue.Budget.RetryAt = null;
            return record.BudgetSince is null || !queue.Budget.IsIdle
                ? turn
                : turn.Write(record with { BudgetSince = null, BudgetUntil = null }, "portfolio_budget", around);
        }

        var soonest = around.Now + BudgetInHand.AskAgainAfter;
        var latest = around.Now + RetryEvery;
        queue.Budget.RetryAt = answer.Refused.Count == 0 ? around.Now
            : answer.Until < soonest ? soonest
            : answer.Until < latest ? answer.Until
            : latest;
        var isNews = record.BudgetSince is null || answer.Until > (record.BudgetUntil ?? around.Now) + UntilWorthNoting;
        return isNews
            ? turn.Write(
                record with { BudgetSince = record.BudgetSince ?? around.Now, BudgetUntil = answer.Until },
                "portfolio_budget",
                around)
            : turn;
    }

    private static BudgetWish Wish(QueuedSend send) => new(send.Row.Message, send.Row.Conversation.Contact);
}
