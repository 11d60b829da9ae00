using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Portfolios;

public sealed class PortfolioTests
{
    private static readonly PhoneNumberId Other = new(102);

    [Theory]
    [InlineData("TIER_250", 250)]
    [InlineData("TIER_2K", 2_000)]
    [InlineData("TIER_100K", 100_000)]
    [InlineData("tier_1k", 1_000)]
    [InlineData("2000", 2_000)]
    [InlineData("-1", -1)]
    [InlineData("TIER_UNLIMITED", -1)]
    [InlineData("TIER_NOT_SET", null)]
    [InlineData("TIER_0", null)]
    [InlineData("TIER_-5K", null)]
    [InlineData("TIER_99999999999K", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Limit_is_read_as_Meta_writes_it_and_no_other_word_changes_anything(string? word, int? users) =>
        Assert.Equal(users, MessagingLimit.Read(word)?.Users);

    [Fact]
    public void Portfolio_that_nobody_has_told_a_limit_lets_numbers_go_for_a_minute_and_writes_no_rows()
    {
        var desk = new PortfolioDesk();
        Assert.Equal(Portfolio.OpenFor, desk.Ask((1, 500)).OpenFor);
        Assert.Empty(desk.Rows);
        Assert.Equal([Given.Number], desk.Work.Record.Numbers);
        desk.Ask((1, 500));
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void Grants_up_to_the_limit_and_refuses_the_next_with_one_alert()
    {
        var desk = new PortfolioDesk(2);
        var answer = desk.Ask((1, 501), (2, 502), (3, 503));
        Assert.Equal([Given.Id(1), Given.Id(2)], answer.Granted);
        Assert.Equal([Given.Id(3)], answer.Refused);
        Assert.Equal(["portfolio_full"], desk.Alerts);
        Assert.Equal([Given.Id(4)], desk.Ask(Other, (4, 504)).Refused);
        Assert.Empty(desk.Alerts);
        Assert.Equal((0, 2, 0), (desk.View.Counted, desk.View.Held, desk.View.Unused));
    }

    [Fact]
    public void Asking_again_and_another_message_to_the_same_person_by_any_number_cost_nothing()
    {
        var desk = new PortfolioDesk(1);
        desk.Ask((1, 501));
        Assert.Equal([Given.Id(1)], desk.Ask((1, 501)).Granted);
        Assert.Empty(desk.Last.Changes);
        Assert.Equal([Given.Id(2)], desk.Ask(Other, (2, 501)).Granted);
        Assert.Equal(1, desk.View.Held);
    }

    [Fact]
    public void Delivered_message_counts_for_a_day_from_then_and_what_is_open_stays_held()
    {
        var desk = new PortfolioDesk(2);
        desk.Ask((1, 501), (2, 502));
        var delivered = Given.Now.AddHours(3);
        desk.Now = delivered.AddMinutes(2);
        desk.Tell(new TellFates(
        [
            new BudgetFate(Given.Id(1), MessageStatus.Delivered, delivered),
            new BudgetFate(Given.Id(2), MessageStatus.Accepted, delivered),
        ]));
        Assert.Equal((1, 1), (desk.View.Counted, desk.View.Held));

        desk.Now = delivered.AddHours(24);
        Assert.Equal([Given.Id(3)], desk.Ask((3, 503)).Refused);
        desk.Now = delivered.AddHours(24).AddMinutes(1);
        Assert.Equal([Given.Id(3)], desk.Ask((3, 503)).Granted);
    }

    [Theory]
    [InlineData(MessageStatus.Failed)]
    [InlineData(MessageStatus.Expired)]
    [InlineData(MessageStatus.Cancelled)]
    public void Message_that_never_arrives_gives_its_budget_back(MessageStatus status)
    {
        var desk = new PortfolioDesk(1);
        desk.Ask((1, 501));
        desk.Tell(new TellFates([new BudgetFate(Given.Id(1), status, Given.Now)]));
        Assert.Empty(desk.Rows);
        Assert.Equal([Given.Id(2)], desk.Ask((2, 502)).Granted);
    }

    [Fact]
    public void Message_of_unknown_outcome_counts_as_long_as_it_could()
    {
        var desk = new PortfolioDesk(1);
        desk.Ask((1, 501));
        desk.Tell(new TellFates([new BudgetFate(Given.Id(1), MessageStatus.Unknown, Given.Now)]));
        desk.Now = Given.Now.AddHours(47);
        Assert.Equal([Given.Id(2)], desk.Ask((2, 502)).Refused);
    }

    [Fact]
    public void Failure_of_one_message_leaves_what_another_to_the_same_person_holds()
    {
        var desk = new PortfolioDesk(1);
        desk.Ask((1, 501), (2, 501));
        desk.Tell(new GiveBackBudget([Given.Id(1)]));
        Assert.Equal([Given.Id(3)], desk.Ask((3, 503)).Refused);
        desk.Tell(new GiveBackBudget([Given.Id(2)]));
        Assert.Equal([Given.Id(3)], desk.Ask((3, 503)).Granted);
    }

    [Fact]
    public void Late_word_of_giving_back_does_not_touch_what_counts()
    {
        var desk = new PortfolioDesk(1);
        desk.Ask((1, 501));
        desk.Tell(new TellFates([new BudgetFate(Given.Id(1), MessageStatus.Read, Given.Now)]));
        desk.Tell(new GiveBackBudget([Given.Id(1)]));
        Assert.Equal((1, 0), (desk.View.Counted, desk.View.Held));
    }

    [Fact]
    public void Held_budget_does_not_lapse_and_is_compared_with_the_archive_each_minute()
    {
        var desk = new PortfolioDesk(1);
        desk.Ask((1, 501));
        Assert.Equal(Given.Now.AddMinutes(1), desk.WakesAt);
        desk.Now = Given.Now.AddMinutes(1);
        desk.Tell(Wake.Message);
        Assert.Single(desk.Last.Effects.OfType<ReadQueueAgain>());
        desk.Now = Given.Now.AddDays(30);
        Assert.Equal([Given.Id(2)], desk.Ask((2, 502)).Refused);
    }

    [Fact]
    public void What_Meta_has_not_delivered_in_31_days_never_arrives()
    {
        var desk = new PortfolioDesk(1);
        desk.Ask((1, 501));
        desk.Now = Given.Now.AddDays(31);
        Assert.Equal([Given.Id(2)], desk.Ask((2, 502)).Granted);
        Assert.Single(desk.Rows);
    }

    [Fact]
    public void Who_was_refused_is_told_when_budget_comes_free_and_not_more_often_than_each_five_seconds()
    {
        var desk = new PortfolioDesk(2);
        desk.Ask((1, 501), (2, 502));
        desk.Ask(Other, (3, 503));
        desk.Tell(new GiveBackBudget([Given.Id(1)]));
        Assert.Equal([OwnerKey.Of(Given.Tenant, Other)], desk.Told);
        desk.Ask(Other, (3, 503), (4, 504));
        desk.Tell(new GiveBackBudget([Given.Id(2)]));
        Assert.Empty(desk.Told);
        Assert.Equal(Given.Now.AddSeconds(5), desk.WakesAt);
        desk.Now = Given.Now.AddSeconds(5);
        desk.Tell(Wake.Message);
        Assert.Equal([OwnerKey.Of(Given.Tenant, Other)], desk.Told);
    }

    [Fact]
    public void Higher_limit_is_told_to_all_numbers_and_the_same_one_again_to_none()
    {
        var desk = new PortfolioDesk(1);
        desk.Ask((1, 501), (2, 502));
        desk.Tell(new JoinPortfolio(Other));
        desk.Tell(new SetMessagingLimit(new MessagingLimit(2_000), "webhook", null));
        Assert.Equal([OwnerKey.Of(Given.Tenant, Given.Number), OwnerKey.Of(Given.Tenant, Other)], desk.Told.Distinct());
        Assert.Equal(("webhook", Given.Now), (desk.Work.Record.LimitCause, desk.Work.Record.LimitSince));
        desk.Tell(new SetMessagingLimit(new MessagingLimit(2_000), "webhook", null));
        Assert.Empty(desk.Last.Changes);
        Assert.Equal([Given.Id(2)], desk.Ask((2, 502)).Granted);
        Assert.Null(desk.Work.Record.FullSince);
    }

    [Fact]
    public void Lower_limit_refuses_new_people_and_takes_nothing_back()
    {
        var desk = new PortfolioDesk(3);
        desk.Ask((1, 501), (2, 502));
        desk.Tell(new SetMessagingLimit(new MessagingLimit(1), "webhook", null));
        Assert.Equal([Given.Id(3)], desk.Ask((3, 503)).Refused);
        Assert.Equal((2, 0), (desk.View.Held, desk.View.Unused));
    }

    [Fact]
    public void Refusal_by_Meta_stops_new_people_for_the_stated_time_with_one_alert()
    {
        var desk = new PortfolioDesk(10);
        desk.Ask((1, 501));
        desk.Tell(new ReportLimitHit(Given.Number, 131048, TimeSpan.FromMinutes(60)));
        Assert.Equal(["portfolio_limit_hit"], desk.Alerts);
        desk.Tell(new ReportLimitHit(Other, 131048, TimeSpan.FromMinutes(60)));
        Assert.Empty(desk.Alerts);
        var answer = desk.Ask((2, 501), (3, 503));
        Assert.Equal([Given.Id(2)], answer.Granted);
        Assert.Equal([Given.Id(3)], answer.Refused);
        Assert.Equal(Given.Now.AddMinutes(60), answer.Until);
        desk.Now = Given.Now.AddMinutes(60);
        Assert.Equal([Given.Id(3)], desk.Ask((3, 503)).Granted);
    }

    [Fact]
    public void Crash_forgets_nothing_that_was_granted()
    {
        var desk = new PortfolioDesk(2);
        desk.Ask((1, 501));
        desk.Ask((2, 502));
        desk.Crash();
        Assert.Equal([Given.Id(3)], desk.Ask((3, 503)).Refused);
        Assert.Equal([Given.Id(1)], desk.Ask((1, 501)).Granted);
    }

    [Fact]
    public void Portfolio_that_is_not_there_is_not_found() =>
        Assert.Equal(Refusals.NotFound, ((Refused)new PortfolioDesk().Tell(ReadPortfolio.Message).Reply).Refusal);
}
