using WaGrains.Domain.Conversations;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;

namespace WaGrains.Domain.Tests.Conversations;

public sealed class OptOutOfConversationTests
{
    [Fact]
    public void Opt_out_withdraws_everything_that_waits()
    {
        var desk = ConversationDesk.HeldByAna().Told(
            Given.Send(1, Given.Text("a"), Given.Ana), Given.Send(2, Given.Text("b"), Given.Ana));
        desk.Tell(Given.Inbound(Given.Delivery("w2", "STOP")));

        Assert.Equal([Given.Id(1), Given.Id(2)], desk.Changes<SendWithdrawn>().Select(change => change.Message));
        Assert.Equal(
            [Given.Id(1), Given.Id(2)], desk.Hints<ForgetSend>(ConversationDesk.Number).Select(hint => hint.Message));
        Assert.Equal(Given.Now.AddSeconds(-1), desk.State.OptedOutAt);
    }

    [Fact]
    public void Status_of_a_message_that_had_begun_to_leave_still_reaches_the_number()
    {
        var desk = ConversationDesk.HeldByAna().Told(
            Given.Send(1, Given.Text("a"), Given.Ana), Given.Inbound(Given.Delivery("w2", "stop")));
        desk.Tell(StatusesTests.Status(1, MessageStatus.Delivered));
        Assert.Single(desk.Hints<SettledByStatus>(ConversationDesk.Number));
    }

    [Fact]
    public void Reply_of_a_rule_that_is_withdrawn_in_its_own_turn_is_not_handed_to_the_number()
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Inbound(Given.Delivery("w1", "horario"), Given.Delivery("w2", "stop")));
        Assert.Equal(2, desk.Changes<SendWithdrawn>().Count);
        var confirmation = Assert.Single(Assert.Single(desk.Hints<EnqueueSends>(ConversationDesk.Number)).Sends);
        Assert.DoesNotContain(confirmation.Row.Message, desk.Changes<SendWithdrawn>().Select(sent => sent.Message));
    }

    [Fact]
    public void Nothing_is_sent_until_the_contact_writes_again()
    {
        var desk = ConversationDesk.HeldByAna().Told(Given.Inbound(Given.Delivery("w2", "stop")));
        desk.Tell(Given.Send(1, Given.Text("please stay"), Given.Ana));
        Assert.Equal("contact_opted_out", desk.RefusalCode);
        desk.Tell(Given.Send(2, Given.Template(), lane: Lane.Campaign));
        Assert.Equal("contact_opted_out", desk.RefusalCode);

        desk.Tell(Given.Inbound(Given.Delivery("w3", "a question", Given.Now)));
        desk.Tell(Given.Send(3, Given.Text("an answer"), Given.Ana));
        Assert.Null(desk.RefusalCode);
        desk.Tell(Given.Send(4, Given.Template(), lane: Lane.Utility));
        Assert.Equal("contact_opted_out", desk.RefusalCode);
    }

    [Fact]
    public void Contact_that_switched_offers_off_gets_notices_and_no_marketing()
    {
        var desk = new ConversationDesk().Told(new SetPreference(Wanted: false, Given.Now.AddDays(-1)));
        desk.Tell(Given.Send(1, Given.Marketing, lane: Lane.Campaign));
        Assert.Equal("contact_opted_out", desk.RefusalCode);
        desk.Tell(Given.Send(2, Given.Template(), lane: Lane.Utility));
        Assert.Null(desk.RefusalCode);
    }

    [Fact]
    public void Rules_do_not_answer_what_was_written_before_the_opt_out()
    {
        var desk = new ConversationDesk().Told(Given.Inbound(Given.Delivery("w2", "stop")));
        desk.Tell(Given.Inbound(Given.Delivery("w1", "horario", Given.Now.AddSeconds(-9))));
        Assert.Empty(desk.Queued);
    }

    [Fact]
    public void Opt_out_that_comes_late_does_not_move_a_newer_one_back()
    {
        var desk = new ConversationDesk().Told(
            Given.Inbound(Given.Delivery("w2", "stop")),
            Given.Inbound(Given.Delivery("w1", "stop", Given.Now.AddHours(-1))));
        Assert.Equal(Given.Now.AddSeconds(-1), desk.State.OptedOutAt);
    }

    [Fact]
    public void Switch_for_offers_withdraws_marketing_alone_until_it_is_switched_back()
    {
        var desk = ConversationDesk.HeldByAna().Told(
            Given.Send(1, Given.Text("a"), Given.Ana), Given.Send(2, Given.Marketing, lane: Lane.Campaign),
            new SetPreference(Wanted: false, Given.Now));
        Assert.Equal(Given.Id(2), Assert.Single(desk.Changes<SendWithdrawn>()).Message);
        desk.Tell(new SetPreference(Wanted: true, Given.Now.AddSeconds(-5)));
        Assert.Equal(Given.Now, desk.State.MarketingStoppedAt);
        desk.Tell(new SetPreference(Wanted: true, Given.Now.AddSeconds(5)));
        Assert.Null(desk.State.MarketingStoppedAt);
        desk.Tell(new SetPreference(Wanted: true, Given.Now.AddSeconds(5)));
        Assert.Empty(desk.Last.Changes);
    }
}
