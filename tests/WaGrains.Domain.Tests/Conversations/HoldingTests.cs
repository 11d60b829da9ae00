using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Conversations;

public sealed class HoldingTests
{
    [Fact]
    public void First_to_accept_holds_and_the_queue_lets_go()
    {
        var desk = ConversationDesk.HeldByAna();
        Assert.Equal(Given.Ana, desk.State.Holder);
        Assert.Equal(new OfferConfirmed(Given.Talk, 1), Assert.Single(desk.Hints<OfferConfirmed>(Given.Of(Given.Ana))));
        Assert.Equal(1, Assert.Single(desk.Hints<StopAsking>(Given.Of(Given.Support))).Offer);
    }

    [Fact]
    public void Second_to_accept_is_voided()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(new AcceptOffer(1, Given.Bo));
        Assert.Single(desk.Hints<OfferVoided>(Given.Of(Given.Bo)));
        Assert.Equal(Given.Ana, desk.State.Holder);
    }

    [Fact]
    public void Repeated_accept_of_the_holder_is_confirmed_again_without_a_row()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(new AcceptOffer(1, Given.Ana));
        Assert.Single(desk.Hints<OfferConfirmed>(Given.Of(Given.Ana)));
        Assert.Empty(desk.Last.Changes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Offer_that_is_not_current_is_void(long offer)
    {
        var desk = ConversationDesk.Waiting();
        desk.Tell(new AcceptOffer(offer, Given.Ana));
        Assert.Single(desk.Hints<OfferVoided>(Given.Of(Given.Ana)));
        Assert.Equal(ConversationPhase.Waiting, desk.State.Phase);
    }

    [Fact]
    public void Holder_keeps_it_until_the_agent_asked_by_name_takes_it()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(new AssignConversation(Given.Bo, null, null));
        Assert.Equal((Given.Ana, Given.Bo), (desk.State.Holder, desk.State.Asked));
        Assert.Equal(new OfferConversation(Given.Talk, 2, null),
            Assert.Single(desk.Hints<OfferConversation>(Given.Of(Given.Bo))));
        desk.Tell(new AcceptOffer(2, Given.Bo));
        Assert.Equal(Given.Bo, desk.State.Holder);
        Assert.Equal(2, Assert.Single(desk.Hints<ConversationReleased>(Given.Of(Given.Ana))).Offer);
    }

    [Fact]
    public void Late_accept_of_the_holder_is_confirmed_while_another_is_asked()
    {
        var desk = ConversationDesk.HeldByAna().Told(new AssignConversation(Given.Bo, null, null));
        desk.Tell(new AcceptOffer(1, Given.Ana));
        Assert.Empty(desk.Hints<OfferVoided>(Given.Of(Given.Ana)));
        Assert.Equal(1, Assert.Single(desk.Hints<OfferConfirmed>(Given.Of(Given.Ana))).Offer);
        Assert.Equal((Given.Ana, Given.Bo), (desk.State.Holder, desk.State.Asked));
    }

    [Fact]
    public void Holder_who_is_asked_by_name_settles_the_question()
    {
        var desk = ConversationDesk.HeldByAna().Told(new AssignConversation(Given.Ana, null, null));
        desk.Tell(new AcceptOffer(2, Given.Ana));
        Assert.Null(desk.State.Asked);
        Assert.Equal(Given.Ana, desk.State.Holder);
        Assert.Single(desk.Hints<OfferConfirmed>(Given.Of(Given.Ana)));
        Assert.Empty(desk.Hints<ConversationReleased>(Given.Of(Given.Ana)));
    }

    [Fact]
    public void Declined_by_name_stays_with_its_holder()
    {
        var desk = ConversationDesk.HeldByAna().Told(new AssignConversation(Given.Bo, null, null));
        desk.Tell(new DeclineOffer(2, Given.Bo, "agent_offline"));
        Assert.Equal((Given.Ana, null, "agent_offline"), (desk.State.Holder, desk.State.Asked, desk.State.Declined));
        desk.Tell(new DeclineOffer(2, Given.Bo, "agent_offline"));
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void Waiting_and_declined_by_name_goes_back_to_its_queue_at_its_old_place()
    {
        var desk = ConversationDesk.Waiting();
        desk.Now += TimeSpan.FromMinutes(3);
        desk.Tell(new AssignConversation(Given.Bo, null, null));
        Assert.Equal(2, Assert.Single(desk.Hints<StopAsking>(Given.Of(Given.Support))).Offer);
        desk.Tell(new DeclineOffer(2, Given.Bo, "agent_offline"));
        Assert.Equal(
            new AskForAgent(Given.Talk, 3, Given.Now), Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Support))));
    }

    [Fact]
    public void Offer_of_the_queue_is_void_while_an_agent_is_asked_by_name()
    {
        var desk = ConversationDesk.Waiting().Told(new AssignConversation(Given.Bo, null, null));
        desk.Tell(new AcceptOffer(2, Given.Ana));
        Assert.Single(desk.Hints<OfferVoided>(Given.Of(Given.Ana)));
    }

    [Fact]
    public void Handed_to_a_team_leaves_its_holder_and_waits()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(new AssignConversation(null, Given.Sales, Given.Key));
        Assert.Single(desk.Hints<ConversationReleased>(Given.Of(Given.Ana)));
        Assert.Equal(2, Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Sales))).Offer);
        Assert.Single(desk.Changes<IdempotencyKept>());
    }

    [Fact]
    public void Waiting_and_handed_to_another_team_leaves_the_first_queue()
    {
        var desk = ConversationDesk.Waiting();
        desk.Tell(new AssignConversation(null, Given.Sales, null));
        Assert.Contains(desk.Hints<StopAsking>(Given.Of(Given.Support)), stop => stop.Offer >= 1);
        Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Sales)));
    }

    [Fact]
    public void New_and_closed_conversations_are_not_assigned()
    {
        var desk = new ConversationDesk();
        desk.Tell(new AssignConversation(Given.Ana, null, Given.Key));
        Assert.Equal("not_found", desk.RefusalCode);
        Assert.Single(desk.Changes<IdempotencyKept>());
        desk = ConversationDesk.HeldByAna().Told(new CloseConversation(null, null));
        desk.Tell(new AssignConversation(Given.Ana, null, null));
        Assert.Equal("conversation_closed", desk.RefusalCode);
    }

    [Fact]
    public void Closing_lets_everybody_go()
    {
        var desk = ConversationDesk.HeldByAna().Told(new AssignConversation(Given.Bo, null, null));
        desk.Tell(new CloseConversation(Given.Ana, null));
        Assert.Equal(
            (ConversationPhase.Closed, null, null), (desk.State.Phase, desk.State.Asked, desk.State.IdleTimerAt));
        Assert.Single(desk.Hints<ConversationReleased>(Given.Of(Given.Ana)));
        Assert.Single(desk.Changes<TimerCleared>());
        desk.Tell(new AcceptOffer(2, Given.Bo));
        Assert.Single(desk.Hints<OfferVoided>(Given.Of(Given.Bo)));
    }

    [Fact]
    public void Closing_asks_for_the_holder_and_for_an_open_conversation()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(new CloseConversation(Given.Bo, null));
        Assert.Equal("not_the_holder", desk.RefusalCode);
        desk.Told(new CloseConversation(null, null)).Tell(new CloseConversation(null, null));
        Assert.Equal("conversation_closed", desk.RefusalCode);
        desk = new ConversationDesk();
        desk.Tell(new CloseConversation(null, null));
        Assert.Equal("not_found", desk.RefusalCode);
    }

    [Fact]
    public void Reopened_waits_for_the_team_it_had()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(new ReopenConversation(null));
        Assert.Equal("conversation_not_closed", desk.RefusalCode);
        desk.Told(new CloseConversation(null, null)).Tell(new ReopenConversation(Given.Key));
        Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Support)));
        Assert.NotNull(desk.State.IdleTimerAt);
        Assert.Single(desk.Changes<IdempotencyKept>());
    }

    [Fact]
    public void Given_back_by_its_holder_waits_again_and_by_nobody_else()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(new RequeueConversation(Given.Bo));
        Assert.Equal((ConversationPhase.Held, Given.Ana), (desk.State.Phase, desk.State.Holder));
        desk.Tell(new RequeueConversation(Given.Ana));
        Assert.Equal((ConversationPhase.Waiting, 2L), (desk.State.Phase, desk.State.Offer));
        Assert.Single(desk.Hints<ConversationReleased>(Given.Of(Given.Ana)));
    }

    [Fact]
    public void Without_any_team_the_bot_takes_it_back()
    {
        var rules = new TenantRules(Given.Configuration with { DefaultTeam = null }, 2);
        var desk = new ConversationDesk { Rules = rules }.Told(
            Given.Inbound(Given.Delivery("w1", "hello")), new AssignConversation(Given.Ana, null, null),
            new AcceptOffer(1, Given.Ana));
        desk.Tell(new RequeueConversation(Given.Ana));
        Assert.Equal(ConversationPhase.Bot, desk.State.Phase);
    }

    [Fact]
    public void Idle_timer_waits_for_the_last_activity_and_then_closes()
    {
        var desk = ConversationDesk.HeldByAna();
        var first = desk.State.IdleTimerAt!.Value;
        desk.Now += TimeSpan.FromHours(1);
        desk.Tell(Given.Inbound(Given.Delivery("w2", "still here", desk.Now)));
        Assert.Empty(desk.Changes<TimerSet>());

        desk.Now = first;
        desk.Tell(new TimerFired("idle", first));
        var second = Assert.Single(desk.Changes<TimerSet>()).DueAt;
        Assert.Equal(second, desk.State.IdleTimerAt);
        desk.Now = second;
        desk.Tell(new TimerFired("idle", first));
        Assert.Empty(desk.Last.Changes);
        desk.Tell(new TimerFired("idle", second));
        Assert.Equal(ConversationPhase.Closed, desk.State.Phase);
        Assert.Single(desk.Changes<TimerCleared>());
    }

    [Fact]
    public void Time_of_the_timer_is_one_that_every_table_can_hold()
    {
        var due = ConversationDesk.Waiting().State.IdleTimerAt!.Value;
        Assert.Equal(0, due.UtcTicks % TimeSpan.TicksPerMillisecond);
        Assert.InRange(due, Given.Now.AddHours(24), Given.Now.AddHours(24).AddMilliseconds(1));
    }

    [Fact]
    public void Wake_says_again_what_the_rows_oblige_to()
    {
        var desk = ConversationDesk.Waiting();
        desk.Tell(Wake.Message);
        Assert.Equal(
            new AskForAgent(Given.Talk, 1, Given.Now), Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Support))));
        Assert.Empty(desk.Last.Changes);
        desk.Told(new AssignConversation(Given.Bo, null, null)).Tell(Wake.Message);
        Assert.Equal(2, Assert.Single(desk.Hints<OfferConversation>(Given.Of(Given.Bo))).Offer);
        Assert.Empty(desk.Hints<AskForAgent>(Given.Of(Given.Support)));
        desk.Told(new AcceptOffer(2, Given.Bo)).Tell(Wake.Message);
        Assert.Empty(desk.Last.Effects);
        Assert.Empty(desk.Last.Changes);
    }

    public static TheoryData<OwnerMessage> WhatSomebodyKnowsBetter => new()
    {
        Wake.Overdue,
        new DeclineOffer(2, Given.Bo, "agent_offline"),
        new RequeueConversation(Given.Bo),
    };

    [Theory]
    [MemberData(nameof(WhatSomebodyKnowsBetter))]
    public void What_it_does_not_know_of_is_answered_by_its_row_and_not_from_memory(OwnerMessage message)
    {
        var desk = ConversationDesk.HeldByAna();
        var before = desk.State;
        desk.Tell(message);
        Assert.Equal(before with { Version = before.Version + 1 }, desk.State);
        Assert.IsType<ConversationWritten>(Assert.Single(desk.Last.Changes));
    }

    [Fact]
    public void Message_of_another_kind_of_owner_is_a_bug() =>
        Assert.Throws<InvalidOperationException>(() =>
            new ConversationDesk().Tell(new SetPresence(Presence.Away, false)));
}
