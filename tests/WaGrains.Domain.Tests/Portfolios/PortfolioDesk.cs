using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Portfolios;

/// <summary>A portfolio that is told one thing after another; its rows are kept beside it, and it can come back from
/// them.</summary>
internal sealed class PortfolioDesk
{
    public static readonly PortfolioId Id = PortfolioId.Of("506914307656634");

    private readonly SortedDictionary<MessageId, BudgetReservation> _rows = [];
    private PortfolioState? _stored;
    private PortfolioAtWork _twin;

    public PortfolioDesk(int? limit = null)
    {
        (Work, _twin) = (Load(), Load());
        if (limit is { } users)
        {
            Tell(new SetMessagingLimit(new MessagingLimit(users), "operator", null));
        }
    }

    public PortfolioAtWork Work { get; private set; }

    public Turn<PortfolioAtWork> Last { get; private set; } = null!;

    public DateTimeOffset Now { get; set; } = Given.Now;

    public IReadOnlyCollection<BudgetReservation> Rows => _rows.Values;

    public PortfolioView View => (PortfolioView)Tell(ReadPortfolio.Message).Reply;

    public Turn<PortfolioAtWork> Tell(OwnerMessage message)
    {
        (Last, _twin) =
            TurnCheck.Run(Work, _twin, work => work.Record, work => Portfolio.Decide(work, message, Now));
        Work = Last.Next;
        Last.Changes.ToList().ForEach(Keep);
        return Last;
    }

    /// <summary>What is answered to a number that asks for messages, each to the contact of that number.</summary>
    public BudgetAnswered Ask(PhoneNumberId number, params (int Message, ulong Contact)[] wishes)
    {
        Tell(new AskBudget(
            number,
            [.. wishes.Select(wish => new BudgetWish(Given.Id(wish.Message), new ContactId(wish.Contact)))]));
        return Answer;
    }

    public BudgetAnswered Ask(params (int Message, ulong Contact)[] wishes) => Ask(Given.Number, wishes);

    public BudgetAnswered Answer =>
        Last.Effects.OfType<Tell>().Select(tell => tell.Message).OfType<BudgetAnswered>().Single();

    public IReadOnlyList<OwnerKey> Told =>
        [.. Last.Effects.OfType<Tell>().Where(tell => tell.Message is BudgetChanged).Select(tell => tell.To)];

    public IReadOnlyList<string> Alerts => [.. Last.Changes.OfType<AlertRaised>().Select(alert => alert.Kind)];

    public DateTimeOffset? WakesAt => Last.Effects.OfType<WakeAt>().LastOrDefault()?.At;

    /// <summary>Its memory is gone; it comes back from its rows.</summary>
    public void Crash() => (Work, _twin) = (Load(), Load());

    private PortfolioAtWork Load()
    {
        var book = new BudgetBook();
        _rows.Values.OrderBy(row => row.At).ToList().ForEach(book.Put);
        return new PortfolioAtWork(_stored ?? new PortfolioState { Tenant = Given.Tenant, Id = Id }, book);
    }

    private void Keep(Change change)
    {
        switch (change)
        {
            case BudgetReserved reserved:
                _rows[reserved.Row.Message] = reserved.Row;
                break;
            case BudgetReleased released:
                Assert.True(_rows.Remove(released.Message), "A reservation that is not there was released.");
                break;
            case PortfolioWritten written:
                _stored = written.State;
                break;
        }
    }
}
