using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tests.Turns;

namespace WaGrains.Domain.Tests.Portfolios;

/// <summary>
/// Random histories of twenty numbers on one budget: answers are lost, words come late and twice, the portfolio
/// crashes.
/// Meta, which counts deliveries and what is on its way by its own clock, never sees one person too many.
/// </summary>
public sealed class BudgetProperties
{
    private const int Limit = 40;
    private const int Numbers = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void No_history_lets_Meta_count_more_people_than_it_allows(int seed)
    {
        var peak = Live(seed, honest: true);
        Assert.True(peak <= Limit, $"seed {seed}: {peak} people of {Limit}");
        Assert.True(peak >= Limit - 1, $"seed {seed}: only {peak} people of {Limit}");
    }

    [Fact]
    public void The_judge_sees_a_portfolio_that_gives_back_what_is_on_its_way()
    {
        Assert.True(Live(1, honest: false) > Limit, "seed 1: the judge saw nothing");
    }

    /// <summary>The most people Meta counts at once in three days.</summary>
    private static int Live(int seed, bool honest)
    {
        var dice = new Random(seed);
        var desk = new PortfolioDesk(Limit);
        var messages = new List<Sent>();
        var late = new List<(DateTimeOffset At, PortfolioMessage Message)>();
        var peak = 0;
        for (var step = 0; step < 1_500; step++)
        {
            desk.Now = Given.Now.AddMinutes(step * 3);
            Ask(desk, dice, messages, step);
            foreach (var message in messages.Where(sent => sent.Status == MessageStatus.Accepted).ToList())
            {
                GoOn(message, dice, desk.Now, late, honest);
            }

            foreach (var due in late.Where(each => each.At <= desk.Now).ToList())
            {
                late.Remove(due);
                desk.Tell(due.Message);
            }

            if (step % 2 == 0)
            {
                desk.Tell(new TellFates([.. messages.Where(sent => sent.Status != MessageStatus.Accepted
                        && sent.At > desk.Now.AddDays(-2))
                    .Select(sent => new BudgetFate(sent.Id, sent.Status, sent.At))]));
            }

            if (dice.Next(20) == 0)
            {
                desk.Crash();
            }

            var counted = messages.Where(sent => sent.CountsAt(desk.Now)).Select(sent => sent.Contact).Distinct();
            peak = Math.Max(peak, counted.Count());
        }

        return peak;
    }

    private static void Ask(PortfolioDesk desk, Random dice, List<Sent> messages, int step)
    {
        var number = new PhoneNumberId(200 + (ulong)dice.Next(Numbers));
        var wishes = Enumerable.Range(0, 1 + dice.Next(4)).Select(i => (
            Message: Given.Id((step * 10) + i + 1), Contact: new ContactId(1_000 + (ulong)dice.Next(300)))).ToList();
        for (var turns = 1 + dice.Next(2); turns > 0; turns--)
        {
            desk.Tell(new AskBudget(
                number, [.. wishes.Select(wish => new BudgetWish(wish.Message, wish.Contact))]));
        }

        var isLost = dice.Next(5) == 0;
        foreach (var (message, contact) in wishes.Where(wish => desk.Answer.Granted.Contains(wish.Message)))
        {
            // Where the answer is lost the message waits, is not asked for again, and expires.
            messages.Add(new Sent(message, contact)
            {
                Status = isLost ? MessageStatus.Expired : MessageStatus.Accepted, At = desk.Now,
            });
        }
    }

    private static void GoOn(
        Sent sent,
        Random dice,
        DateTimeOffset now,
        List<(DateTimeOffset At, PortfolioMessage Message)> late,
        bool honest)
    {
        switch (dice.Next(40))
        {
            case < 8:
                (sent.Status, sent.At) = (MessageStatus.Delivered, now.AddSeconds(-dice.Next(120)));
                break;
            case 8:
                (sent.Status, sent.At) = (MessageStatus.Failed, now);
                late.Add((now.AddMinutes(dice.Next(30)), new GiveBackBudget([sent.Id])));
                late.Add((now.AddMinutes(dice.Next(30)), new GiveBackBudget([sent.Id])));
                break;
            case 9 when !honest:
                late.Add((now, new GiveBackBudget([sent.Id])));
                break;
        }
    }

    /// <summary>A message as Meta knows it.</summary>
    private sealed class Sent(MessageId id, ContactId contact)
    {
        public MessageId Id => id;

        public ContactId Contact => contact;

        public MessageStatus Status { get; set; }

        public DateTimeOffset At { get; set; }

        public bool CountsAt(DateTimeOffset now) => Status == MessageStatus.Accepted
            || (Status == MessageStatus.Delivered && At.AddHours(24) > now);
    }
}
