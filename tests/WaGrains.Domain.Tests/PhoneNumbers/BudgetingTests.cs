using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class BudgetingTests
{
    private static readonly PhoneNumberSettings Settings = NumberDesk.Brisk with { AccountId = "77" };
    private static readonly PortfolioId Portfolio = PortfolioId.Of("77");

    private static QueuedSend Outside(int id, int contact = 1, Lane lane = Lane.Campaign) =>
        NumberDesk.Send(id, contact, lane: lane) with { Content = Given.Template() };

    private static IReadOnlyList<MessageId> Asked(NumberDesk desk) =>
    [
        .. desk.Last.Effects.OfType<Tell>().Select(tell => tell.Message).OfType<AskBudget>()
            .SelectMany(ask => ask.Wishes).Select(wish => wish.Message),
    ];

    private static BudgetAnswered Granted(params int[] ids) =>
        new(Portfolio, [.. ids.Select(Given.Id)], [], null, null);

    private static BudgetAnswered Refused(DateTimeOffset? until, params int[] ids) =>
        new(Portfolio, [], [.. ids.Select(Given.Id)], until, null);

    [Fact]
    public void Message_outside_a_window_leaves_only_once_it_is_granted()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1));
        Assert.Empty(desk.Pump());
        Assert.Equal([Given.Id(1)], Asked(desk));
        Assert.Empty(desk.Pump());
        Assert.Empty(Asked(desk));
        desk.Tell(Granted(1));
        Assert.Equal(Given.Id(1), Assert.Single(desk.Pump()).Message);
    }

    [Fact]
    public void Replies_and_templates_in_an_open_window_ask_nobody()
    {
        var inside = Outside(2, contact: 2);
        var desk = new NumberDesk(Settings).Queue(
            NumberDesk.Send(1), inside with { Row = inside.Row with { WindowClosesAt = Given.Now.AddHours(2) } });
        Assert.Single(desk.Pump());
        desk.Now = Given.Now.AddSeconds(1);
        Assert.Single(desk.Pump());
        Assert.DoesNotContain(desk.Last.Effects, effect => effect is Tell { Message: AskBudget });
    }

    [Fact]
    public void Template_whose_window_closes_within_a_minute_needs_budget()
    {
        var soon = Outside(1);
        var desk = new NumberDesk(Settings).Queue(
            soon with { Row = soon.Row with { WindowClosesAt = Given.Now.AddSeconds(59) } });
        Assert.Empty(desk.Pump());
        Assert.Equal([Given.Id(1)], Asked(desk));
    }

    [Fact]
    public void Number_without_an_account_has_no_portfolio_and_sends()
    {
        var desk = new NumberDesk().Queue(Outside(1));
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Asks_for_five_seconds_of_its_rate_ahead_and_at_least_for_twenty()
    {
        var slow = new NumberDesk(Settings with { CeilingPerMinute = 20 });
        slow.Queue([.. Enumerable.Range(1, 100).Select(i => Outside(i, i))]);
        slow.Pump();
        Assert.Equal(20, Asked(slow).Count);
        var fast = new NumberDesk(Settings with { CeilingPerMinute = 1_200 });
        fast.Queue([.. Enumerable.Range(1, 300).Select(i => Outside(i, i))]);
        fast.Pump();
        Assert.Equal(100, Asked(fast).Count);
    }

    [Fact]
    public void Where_there_is_no_limit_it_asks_once_a_minute_and_sends_meanwhile()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1));
        desk.Pump();
        desk.Tell(new BudgetAnswered(Portfolio, [], [], null, TimeSpan.FromMinutes(1)));
        Assert.Single(desk.Pump());
        desk.Now = Given.Now.AddSeconds(1);
        desk.Queue(Outside(2, 2));
        Assert.Single(desk.Pump());
        Assert.Empty(Asked(desk));
        desk.Now = Given.Now.AddSeconds(50);
        desk.Queue(Outside(3, 3));
        Assert.Single(desk.Pump());
        Assert.Equal([Given.Id(3)], Asked(desk));
    }

    [Fact]
    public void Lost_answer_is_asked_for_again_after_five_seconds()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1));
        desk.Pump();
        Assert.Equal(Given.Now.AddSeconds(5), desk.WakesAt);
        desk.Now = Given.Now.AddSeconds(5);
        desk.Pump();
        Assert.Equal([Given.Id(1)], Asked(desk));
    }

    [Fact]
    public void Refused_message_waits_in_place_and_lets_replies_and_granted_ones_pass()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1, 1), Outside(2, 2));
        desk.Pump();
        desk.Tell(new BudgetAnswered(Portfolio, [Given.Id(2)], [Given.Id(1)], Given.Now.AddHours(3), null));
        Assert.Equal([Given.Id(2)], desk.Pump().Select(send => send.Message));
        desk.Now = Given.Now.AddSeconds(1);
        desk.Queue(NumberDesk.Send(3, 3));
        Assert.Equal([Given.Id(3)], desk.Pump().Select(send => send.Message));
    }

    [Fact]
    public void Budget_that_lacks_binds_the_pace_until_it_is_there()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1));
        desk.Pump();
        desk.Tell(Refused(Given.Now.AddHours(3), 1));
        var term = ((PaceReport)desk.Tell(new ReadPace()).Reply).Terms[0];
        Assert.Equal(
            (PaceReason.PortfolioBudget, Given.Now, Given.Now.AddHours(3), PaceLift.Time),
            (term.Reason, term.Since, term.Until!.Value, term.Lift));
        desk.Tell(new BudgetChanged(Portfolio));
        desk.Pump();
        Assert.Equal([Given.Id(1)], Asked(desk));
        desk.Tell(Granted(1));
        Assert.Equal("portfolio_budget", Assert.Single(desk.Changes<PaceChanged>()).Cause);
        Assert.NotEqual(PaceReason.PortfolioBudget, ((PaceReport)desk.Tell(new ReadPace()).Reply).Terms[0].Reason);
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Refused_messages_are_asked_for_again_each_minute_the_longest_waiting_first()
    {
        var desk = new NumberDesk(Settings with { CeilingPerMinute = 20 });
        desk.Queue([.. Enumerable.Range(1, 30).Select(i => Outside(i, i))]);
        desk.Pump();
        desk.Tell(Refused(null, [.. Enumerable.Range(1, 20)]));
        desk.Pump();
        Assert.Equal(Enumerable.Range(21, 10).Select(Given.Id), Asked(desk));
        desk.Tell(Refused(null, [.. Enumerable.Range(21, 10)]));
        desk.Now = Given.Now.AddSeconds(59);
        desk.Pump();
        Assert.Empty(Asked(desk));
        desk.Now = Given.Now.AddSeconds(60);
        desk.Pump();
        Assert.Equal(Enumerable.Range(1, 20).Select(Given.Id), Asked(desk));
    }

    [Fact]
    public void Refused_message_expires_by_its_deadline_and_gives_nothing_back()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1));
        desk.Pump();
        desk.Tell(Refused(null, 1));
        desk.Now = Given.Now.AddDays(1);
        desk.Pump();
        Assert.Equal(MessageStatus.Expired, Assert.Single(desk.Settled).Status);
        Assert.DoesNotContain(desk.Last.Effects, effect => effect is Tell { Message: GiveBackBudget });
        Assert.Null(desk.Tell(Pump.Message).Next.Record.BudgetSince);
    }

    [Fact]
    public void Granted_message_that_ends_unsent_gives_its_budget_back_and_one_that_left_does_not()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1, 1), Outside(2, 2));
        desk.Pump();
        desk.Tell(Granted(1, 2));
        desk.Tell(new CancelSend(Given.Id(2)));
        Assert.Equal([Given.Id(2)], Back(desk));
        desk.Pump();
        desk.Complete(1, SendOutcome.Accepted("w", null));
        Assert.Empty(Back(desk));
    }

    [Fact]
    public void Message_that_failed_for_good_gives_its_budget_back_and_one_that_is_tried_again_keeps_it()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1));
        desk.Pump();
        desk.Tell(Granted(1));
        desk.Pump();
        desk.Complete(1, NumberDesk.Refused(2, 500));
        Assert.Empty(Back(desk));
        desk.Now = Given.Now.AddMinutes(1);
        Assert.Single(desk.Pump());
        desk.Complete(1, NumberDesk.Refused(100), 2);
        Assert.Equal([Given.Id(1)], Back(desk));
    }

    [Fact]
    public void Contact_that_writes_back_frees_what_waits_for_it()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1, 1), Outside(2, 2));
        desk.Pump();
        desk.Tell(new BudgetAnswered(Portfolio, [Given.Id(2)], [Given.Id(1)], null, null));
        desk.Tell(new ContactReplied { Window = new OpenedWindow(NumberDesk.Talk(1), Given.Now.AddHours(24)) });
        desk.Tell(new ContactReplied { Window = new OpenedWindow(NumberDesk.Talk(2), Given.Now.AddHours(24)) });
        Assert.Equal([Given.Id(2)], Back(desk));
        Assert.Single(desk.Pump());
        desk.Now = Given.Now.AddSeconds(1);
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Refusal_by_Meta_for_the_limit_is_told_to_the_portfolio()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1));
        desk.Pump();
        desk.Tell(Granted(1));
        desk.Pump();
        desk.Complete(1, NumberDesk.Refused(131048));
        var hit = Assert.Single(desk.Last.Effects.OfType<Tell>().Select(tell => tell.Message).OfType<ReportLimitHit>());
        Assert.Equal((131048, TimeSpan.FromMinutes(60)), (hit.Code, hit.Wait));
    }

    [Fact]
    public void Other_portfolio_voids_what_the_first_has_granted()
    {
        var desk = new NumberDesk(Settings).Queue(Outside(1));
        desk.Pump();
        desk.Tell(Granted(1));
        desk.Tell(new ConfigureNumber(Settings with { BusinessId = "88" }, null));
        Assert.Contains(desk.Last.Effects, effect => effect is Tell { Message: JoinPortfolio } join
            && join.To == OwnerKey.Of(Given.Tenant, PortfolioId.Of("88")));
        Assert.Empty(desk.Pump());
        Assert.Equal([Given.Id(1)], Asked(desk));
        desk.Tell(Granted(1));
        Assert.Empty(desk.Pump());
    }

    private static IReadOnlyList<MessageId> Back(NumberDesk desk) =>
    [
        .. desk.Last.Effects.OfType<Tell>().Select(tell => tell.Message).OfType<GiveBackBudget>()
            .SelectMany(back => back.Messages),
    ];
}
