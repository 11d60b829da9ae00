using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Conversations;

public sealed class MergingTests
{
    private static readonly ConversationId Older = new(Given.Number, new ContactId(400));
    private static readonly OwnerKey Survivor = OwnerKey.Of(Given.Tenant, Older);

    private static AbsorbMerged Parcel(ConversationDesk younger)
    {
        younger.Tell(new MergeInto(Older));
        return Assert.Single(younger.Hints<AbsorbMerged>(Survivor));
    }

    private static ConversationDesk Surviving(TenantRules? rules = null) =>
        new(ConversationState.Fresh(Given.Tenant, Older)) { Rules = rules ?? Given.Rules };

    [Fact]
    public void Younger_becomes_an_alias_once_its_parcel_is_taken()
    {
        var desk = ConversationDesk.HeldByAna();
        Parcel(desk);
        Assert.Equal(
            (ConversationPhase.Merging, Older, null), (desk.State.Phase, desk.State.AliasOf, desk.State.IdleTimerAt));
        Assert.Single(desk.Hints<ConversationReleased>(Given.Of(Given.Ana)));
        Assert.Single(desk.Changes<TimerCleared>());

        desk.Tell(Given.Inbound(Given.Delivery("w2", "late")));
        Assert.Equal(new Moved(Survivor), desk.Last.Reply);
        desk.Tell(Wake.Message);
        Assert.Single(desk.Hints<AbsorbMerged>(Survivor));
        desk.Tell(new MergeAbsorbed());
        Assert.Equal(ConversationPhase.Alias, desk.State.Phase);
        desk.Tell(new MergeAbsorbed());
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void Repeated_merge_hands_the_parcel_over_again()
    {
        var desk = ConversationDesk.HeldByAna();
        var parcel = Parcel(desk);
        desk.Tell(new MergeInto(Older));
        Assert.Equal(parcel.From, Assert.Single(desk.Hints<AbsorbMerged>(Survivor)).From);
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void New_survivor_asks_the_agent_who_held_the_younger_and_no_queue_beside()
    {
        var desk = Surviving();
        desk.Tell(Parcel(ConversationDesk.HeldByAna()));
        Assert.Equal((ConversationPhase.Waiting, Given.Ana), (desk.State.Phase, desk.State.Asked));
        Assert.Single(desk.Hints<OfferConversation>(Given.Of(Given.Ana)));
        Assert.Empty(desk.Hints<AskForAgent>(Given.Of(Given.Support)));
        Assert.Single(desk.Hints<MergeAbsorbed>(OwnerKey.Of(Given.Tenant, Given.Talk)));
        Assert.NotNull(desk.State.IdleTimerAt);

        desk.Tell(new DeclineOffer(desk.State.Offer, Given.Ana, "agent_offline"));
        Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Support)));
    }

    [Fact]
    public void Agent_without_a_team_is_asked_too()
    {
        var rules = new TenantRules(Given.Configuration with { DefaultTeam = null }, 2);
        var younger = new ConversationDesk { Rules = rules }.Told(
            Given.Inbound(Given.Delivery("w1", "hello")), new AssignConversation(Given.Ana, null, null),
            new AcceptOffer(1, Given.Ana));
        var desk = Surviving(rules);
        desk.Tell(Parcel(younger));
        Assert.Equal((ConversationPhase.Bot, Given.Ana), (desk.State.Phase, desk.State.Asked));
        desk.Tell(new AcceptOffer(desk.State.Offer, Given.Ana));
        Assert.Equal(Given.Ana, desk.State.Holder);
    }

    [Fact]
    public void Waiting_younger_waits_on_as_the_survivor()
    {
        var desk = Surviving();
        desk.Tell(Parcel(ConversationDesk.Waiting()));
        Assert.Equal(ConversationPhase.Waiting, desk.State.Phase);
        Assert.Single(desk.Hints<AskForAgent>(Given.Of(Given.Support)));
    }

    [Fact]
    public void Survivor_that_is_served_keeps_its_agent()
    {
        var desk = Surviving().Told(Given.Inbound(Given.Delivery("s1", "hello")), new AcceptOffer(1, Given.Bo));
        desk.Tell(Parcel(ConversationDesk.HeldByAna()));
        Assert.Equal((Given.Bo, null), (desk.State.Holder, desk.State.Asked));
    }

    [Fact]
    public void Closed_younger_leaves_a_new_survivor_closed_and_an_open_one_open()
    {
        var desk = Surviving();
        desk.Tell(Parcel(ConversationDesk.HeldByAna().Told(new CloseConversation(null, null))));
        Assert.Equal(ConversationPhase.Closed, desk.State.Phase);
    }

    [Fact]
    public void Parcel_that_comes_twice_counts_once()
    {
        var parcel = Parcel(ConversationDesk.HeldByAna());
        var desk = Surviving().Told(parcel);
        desk.Tell(parcel);
        Assert.Empty(desk.Last.Changes);
        Assert.Single(desk.Hints<MergeAbsorbed>(OwnerKey.Of(Given.Tenant, Given.Talk)));
        Assert.Equal([Given.Talk], desk.State.Aliases);
    }

    [Fact]
    public void Window_address_and_opt_out_come_with_the_parcel()
    {
        var younger = new ConversationDesk().Told(Given.Inbound(Given.Delivery("w1", "stop")));
        var desk = Surviving().Told(Parcel(younger));
        Assert.Equal(younger.State.Window, desk.State.Window);
        Assert.Equal(younger.State.OptedOutAt, desk.State.OptedOutAt);
        Assert.Equal("5511999990000", desk.State.To.Phone);
    }

    [Fact]
    public void Opt_out_in_the_parcel_withdraws_what_the_survivor_has_queued()
    {
        var desk = Surviving().Told(
            Given.Inbound(Given.Delivery("s1", "hello", Given.Now.AddHours(-1))),
            Given.Send(1, Given.Text("an offer")));
        desk.Tell(Parcel(new ConversationDesk().Told(Given.Inbound(Given.Delivery("w1", "stop")))));
        Assert.Equal(Given.Id(1), Assert.Single(desk.Changes<SendWithdrawn>()).Message);
    }

    [Fact]
    public void Opt_out_of_the_survivor_withdraws_what_the_alias_has_queued()
    {
        var younger = ConversationDesk.HeldByAna().Told(Given.Send(1, Given.Text("a"), Given.Ana));
        var desk = Surviving().Told(Parcel(younger));
        desk.Tell(Given.Inbound(Given.Delivery("s1", "stop")));
        Assert.Equal(Given.Id(1), Assert.Single(desk.Changes<SendWithdrawn>()).Message);
    }

    [Fact]
    public void Aliases_of_the_younger_become_the_survivors()
    {
        var youngest = new ConversationId(Given.Number, new ContactId(600));
        var parcel = new MergeParcel(ConversationPhase.Bot, null, null, default, null, default);
        var younger = ConversationDesk.Waiting().Told(new AbsorbMerged(youngest, parcel));
        var desk = Surviving().Told(Parcel(younger));
        Assert.Equal([Given.Talk, youngest], desk.State.Aliases);
    }

    [Fact]
    public void Conversation_is_not_merged_into_itself()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(new MergeInto(Given.Talk));
        Assert.Equal(ConversationPhase.Held, desk.State.Phase);
    }
}
