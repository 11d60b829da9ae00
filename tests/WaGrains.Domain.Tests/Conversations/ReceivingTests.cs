using WaGrains.Domain.Bots;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Conversations;

public sealed class ReceivingTests
{
    [Fact]
    public void First_message_is_archived_opens_the_window_and_asks_the_default_team()
    {
        var desk = ConversationDesk.Waiting();

        var at = Given.Now.AddSeconds(-1);
        Assert.Equal(ConversationPhase.Waiting, desk.State.Phase);
        Assert.Equal(at + ServiceWindow.Length, desk.State.Window.ClosesAt);
        Assert.Equal([MessageStatus.Received], desk.Archived);
        Assert.Equal(
            new AskForAgent(Given.Talk, 1, Given.Now), Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Support))));
        Assert.Equal(new Recipient("5511999990000", null), desk.State.To);
    }

    [Fact]
    public void Number_with_a_team_of_its_own_asks_that_team()
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "hello")) with { Team = Given.Sales });
        Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Sales)));
    }

    [Fact]
    public void Repeat_changes_nothing()
    {
        var desk = ConversationDesk.Waiting();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "hello")));
        Assert.Empty(desk.Last.Changes);
        Assert.Empty(desk.Last.Effects);
    }

    [Fact]
    public void Message_the_archive_knows_is_a_repeat()
    {
        var desk = new ConversationDesk();
        var delivery = Given.Delivery("w1", "hello");
        desk.Tell(Given.Inbound(delivery) with { Known = [delivery.Id] });
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void Only_new_messages_of_a_half_known_batch_act()
    {
        var desk = ConversationDesk.Waiting();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "hello"), Given.Delivery("w2", "there")));
        Assert.Equal("w2", Assert.Single(desk.Changes<MessageAdded>()).Row.Wamid);
    }

    [Fact]
    public void Forgotten_ids_must_be_looked_up_and_others_need_not()
    {
        var desk = new ConversationDesk();
        var all = Enumerable.Range(0, 20).Select(i => Given.Delivery($"w{i}", "x", Given.Now.AddSeconds(i - 100)))
            .ToList();
        desk.Tell(Given.Inbound([.. all]));

        Assert.Equal(ConversationState.RecentMax, desk.State.Recent.Count);
        Assert.Equal(all[3].Id, desk.State.RecentFloor);
        var later = Given.Delivery("later", "x", Given.Now.AddSeconds(-10));
        var older = Given.Delivery("older", "x", Given.Now.AddSeconds(-200));
        Assert.Equal(
            [all[0].Id, older.Id],
            Receiving.MustLookUp(desk.State, [all[0].Id, all[19].Id, later.Id, older.Id]));
    }

    [Fact]
    public void Floor_is_the_highest_forgotten_id_whatever_the_order_of_arrival()
    {
        var desk = new ConversationDesk();
        var newest = Given.Delivery("newest", "x", Given.Now.AddSeconds(-1));
        desk.Tell(Given.Inbound(newest));
        for (var i = 0; i < ConversationState.RecentMax + 1; i++)
        {
            desk.Tell(Given.Inbound(Given.Delivery($"w{i}", "x", Given.Now.AddSeconds(i - 100))));
        }

        Assert.Equal(newest.Id, desk.State.RecentFloor);
    }

    [Fact]
    public void Keyword_is_answered_in_order_and_stays_with_the_bot()
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "Horario?")));

        Assert.Equal(ConversationPhase.Bot, desk.State.Phase);
        Assert.Equal([1L, 2L], desk.Queued.Select(row => row.Ordinal));
        Assert.Equal(["w1", "w1"], desk.Queued.Select(row => row.ContextWamid));
        Assert.Equal(2, desk.Queued.Select(row => row.Message).Distinct().Count());
        var hint = Assert.Single(desk.Hints<EnqueueSends>(ConversationDesk.Number));
        Assert.Equal(["9 to 18", "Closed on Sundays"], hint.Sends.Select(send => send.Content.VisibleText));
        Assert.Equal(desk.Queued, hint.Sends.Select(send => send.Row));
        Assert.Empty(hint.Earlier);
        Assert.Equal(hint.Sends.Select(send => send.Row.Message), desk.State.Unsettled);
    }

    [Fact]
    public void Keyword_that_hands_over_answers_and_asks_its_team()
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "buy")));
        Assert.Single(desk.Queued);
        Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Sales)));
        Assert.Equal(Given.Sales, desk.State.Team);
    }

    [Fact]
    public void Keyword_of_a_waiting_contact_is_answered_and_keeps_its_place()
    {
        var desk = ConversationDesk.Waiting();
        desk.Tell(Given.Inbound(Given.Delivery("w2", "horario")));
        Assert.Equal(2, desk.Queued.Count);
        Assert.Equal((ConversationPhase.Waiting, 1L), (desk.State.Phase, desk.State.Offer));
    }

    [Fact]
    public void Held_conversation_is_answered_by_nobody_but_its_holder()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(Given.Inbound(Given.Delivery("w2", "horario")));
        Assert.Empty(desk.Queued);
        Assert.Equal(Given.Ana, desk.State.Holder);
    }

    [Fact]
    public void Forbidden_words_in_a_rule_do_not_leave()
    {
        var rule = new KeywordRule("r", ["pay"], MatchKind.Word, ["send a pix"], null, 0, KeywordRuleState.Enabled);
        var desk = new ConversationDesk { Rules = new TenantRules(Given.Configuration with { Keywords = [rule] }, 2) };
        desk.Tell(Given.Inbound(Given.Delivery("w1", "pay")));
        Assert.Empty(desk.Queued);
        Assert.Contains(desk.Last.Effects.OfType<Seen>(),
            seen => seen.Kind == "reply_not_sent" && seen.Detail == "forbidden_words");
    }

    [Theory]
    [InlineData(InboundKind.System)]
    [InlineData(InboundKind.Edit)]
    [InlineData(InboundKind.Revoke)]
    public void What_the_contact_did_not_say_opens_no_window(InboundKind kind)
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "horario", kind: kind)));
        Assert.Equal(default, desk.State.Window);
        Assert.Equal(ConversationPhase.New, desk.State.Phase);
        Assert.Single(desk.Changes<MessageAdded>());
        Assert.Empty(desk.Queued);
    }

    [Fact]
    public void Reaction_opens_the_window_and_asks_nobody()
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "👍", kind: InboundKind.Reaction)));
        Assert.True(desk.State.Window.IsOpenAt(Given.Now));
        Assert.Equal(ConversationPhase.New, desk.State.Phase);
    }

    [Fact]
    public void Older_message_never_shortens_the_window()
    {
        var desk = ConversationDesk.Waiting();
        var closes = desk.State.Window.ClosesAt;
        desk.Tell(Given.Inbound(Given.Delivery("w0", "late", Given.Now.AddHours(-3))));
        Assert.Equal(closes, desk.State.Window.ClosesAt);
        Assert.Equal(Given.Now.AddSeconds(-1), desk.State.LastInboundAt);
    }

    [Fact]
    public void Answer_of_a_contact_is_counted_once_a_day()
    {
        var desk = ConversationDesk.HeldByAna().Told(Given.Send(1, Given.Text("hi"), Given.Ana));
        desk.Tell(Given.Inbound(Given.Delivery("w2", "yes")));
        Assert.Single(desk.Hints<ContactReplied>(ConversationDesk.Number));
        desk.Told(Given.Send(2, Given.Text("more"), Given.Ana)).Tell(Given.Inbound(Given.Delivery("w3", "yes")));
        Assert.Empty(desk.Hints<ContactReplied>(ConversationDesk.Number));

        desk.Now += TimeSpan.FromHours(13);
        desk.Told(Given.Send(3, Given.Text("morning"), Given.Ana))
            .Tell(Given.Inbound(Given.Delivery("w4", "yes", desk.Now)));
        Assert.Single(desk.Hints<ContactReplied>(ConversationDesk.Number));
    }

    [Fact]
    public void Contact_who_was_not_written_to_is_no_answer() =>
        Assert.Empty(ConversationDesk.Waiting().Hints<ContactReplied>(ConversationDesk.Number));

    [Fact]
    public void Echo_of_the_app_is_archived_and_opens_nothing()
    {
        var desk = new ConversationDesk();
        desk.Tell(new ReceiveEcho(Given.Delivery("e1", "from the app"), []));
        var row = Assert.Single(desk.Changes<MessageAdded>()).Row;
        Assert.Equal((Direction.Echo, MessageStatus.Sent, "app"), (row.Direction, row.Status, row.Author));
        Assert.Equal(default, desk.State.Window);
        desk.Tell(new ReceiveEcho(Given.Delivery("e1", "from the app"), []));
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void Off_hours_reply_is_given_once_in_a_closed_period()
    {
        var plan = new OpeningPlan(
            "UTC", [new WeeklyHours(DayOfWeek.Monday, new OpenHours(new TimeOnly(9, 0), new TimeOnly(18, 0)))], []);
        var configuration = Given.Configuration with { BusinessHours = plan, OffHoursReply = "Back on Monday" };
        var desk = new ConversationDesk { Rules = new TenantRules(configuration, 2) };
        desk.Tell(Given.Inbound(Given.Delivery("w1", "hello")));
        Assert.Equal("off_hours",
            Assert.Single(desk.Changes<MessageAdded>(), m => m.Row.Direction == Direction.Outbound).Row.Author);
        Assert.Equal(ConversationPhase.Waiting, desk.State.Phase);
        desk.Now += TimeSpan.FromMinutes(5);
        desk.Tell(Given.Inbound(Given.Delivery("w2", "hello?")));
        Assert.Empty(desk.Queued);
    }

    [Fact]
    public void Message_to_a_closed_conversation_opens_it_again()
    {
        var desk = ConversationDesk.HeldByAna().Told(new CloseConversation(Given.Ana, null));
        desk.Tell(Given.Inbound(Given.Delivery("w2", "one more thing")));
        Assert.Equal(ConversationPhase.Waiting, desk.State.Phase);
        Assert.True(Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Support))).Offer > 2);
        Assert.NotNull(desk.State.IdleTimerAt);
    }
}
