using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Agents;

public sealed class AgentTests
{
    private AgentAtWork _work = new(new AgentState { Tenant = Given.Tenant, Id = Given.Ana }, new Hands());
    private AgentAtWork _twin = new(new AgentState { Tenant = Given.Tenant, Id = Given.Ana }, new Hands());
    private Turn<AgentAtWork> _last = null!;

    public AgentTests() => Told(
        new ConfigureAgent("Ana", new AgentCapacity(2), null),
        new TeamMembership(Given.Sales, Member: true),
        new SetPresence(Presence.Available, Requeue: false));

    private static ConversationId Talk(int n) => new(Given.Number, new ContactId((ulong)n));

    private static OwnerKey Owner(int n) => OwnerKey.Of(Given.Tenant, Talk(n));

    private void Told(params OwnerMessage[] messages)
    {
        foreach (var message in messages)
        {
            (_last, _twin) =
                TurnCheck.Run(_work, _twin, work => work.Record, work => Agent.Decide(work, message, Given.Now));
            _work = _last.Next;
        }
    }

    private IReadOnlyList<TMessage> Hints<TMessage>(OwnerKey to)
        where TMessage : OwnerMessage =>
        [.. _last.Effects.OfType<Tell>().Where(tell => tell.To == to).Select(tell => tell.Message).OfType<TMessage>()];

    [Fact]
    public void Accepted_offer_is_a_row_and_load_until_it_is_answered()
    {
        Told(new OfferConversation(Talk(1), 1, Given.Sales));
        Assert.Equal(
            [typeof(AgentWritten), typeof(OfferOpened)],
            _last.Changes.Select(change => change.GetType()));
        Assert.Equal(new OfferOpened(Given.Tenant, Talk(1), 1, Given.Ana, Given.Now), _last.Changes[1]);
        Assert.Single(Hints<AcceptOffer>(Owner(1)));
        Assert.Equal(1, Assert.Single(Hints<AgentChanged>(Given.Of(Given.Sales))).Standing.Load);
        Told(new OfferConfirmed(Talk(1), 1));
        Assert.IsType<OfferClosed>(Assert.Single(_last.Changes));
        Assert.Equal(1, _work.Hands.Load);
        Told(new OfferConfirmed(Talk(1), 1));
        Assert.Empty(_last.Changes);
    }

    [Fact]
    public void Never_more_in_hand_than_the_capacity()
    {
        Told(new OfferConversation(Talk(1), 1, Given.Sales), new OfferConversation(Talk(2), 1, Given.Sales));
        Told(new OfferConversation(Talk(3), 1, Given.Sales));
        Assert.Equal(2, Assert.Single(Hints<AgentDeclined>(Given.Of(Given.Sales))).Standing.Load);
        Assert.IsType<AgentWritten>(Assert.Single(_last.Changes));
        Told(new OfferConversation(Talk(3), 1, null));
        Assert.Equal("agent_at_capacity", Assert.Single(Hints<DeclineOffer>(Owner(3))).Reason);
    }

    [Fact]
    public void Repeated_offer_is_accepted_again_without_a_row()
    {
        Told(new OfferConversation(Talk(1), 1, Given.Sales), new OfferConversation(Talk(1), 1, Given.Sales));
        Assert.Empty(_last.Changes);
        Assert.Single(Hints<AcceptOffer>(Owner(1)));
    }

    [Fact]
    public void Offer_that_comes_late_does_not_push_out_a_newer_one()
    {
        Told(new OfferConversation(Talk(1), 5, Given.Sales), new OfferConversation(Talk(1), 1, Given.Support));
        Assert.Empty(_last.Changes);
        Assert.Equal(1, Assert.Single(Hints<StopAsking>(Given.Of(Given.Support))).Offer);
        Told(new OfferVoided(Talk(1), 1), new OfferConfirmed(Talk(1), 5));
        Assert.Equal([Talk(1)], _work.Hands.Held);
    }

    [Fact]
    public void Void_offer_frees_the_agent_and_its_team_forgets_it()
    {
        Told(new OfferConversation(Talk(1), 1, Given.Sales), new OfferVoided(Talk(1), 1));
        Assert.Equal(0, _work.Hands.Load);
        Assert.Single(Hints<StopAsking>(Given.Of(Given.Sales)));
        Assert.Equal([typeof(AgentWritten), typeof(OfferClosed)], _last.Changes.Select(change => change.GetType()));
    }

    [Fact]
    public void Whatever_has_left_moves_the_rows_version_so_that_a_second_life_must_read_again()
    {
        var before = _work.Record.Version;
        Told(new ConversationReleased(Talk(1), 1));
        Assert.Equal(before + 1, Assert.IsType<AgentWritten>(Assert.Single(_last.Changes)).Version);
        Told(new OfferVoided(Talk(2), 1));
        Assert.Equal(before + 2, Assert.IsType<AgentWritten>(Assert.Single(_last.Changes)).Version);
    }

    [Fact]
    public void Release_of_an_earlier_offer_does_not_take_a_later_one_away()
    {
        Told(new OfferConversation(Talk(1), 5, null), new OfferConfirmed(Talk(1), 5),
            new ConversationReleased(Talk(1), 3));
        Assert.Equal(1, _work.Hands.Load);
        Told(new ConversationReleased(Talk(1), 5));
        Assert.Equal(0, _work.Hands.Load);
        Assert.Equal(0, Assert.Single(Hints<AgentChanged>(Given.Of(Given.Sales))).Standing.Load);
    }

    [Fact]
    public void Release_before_its_confirmation_closes_the_offer()
    {
        Told(new OfferConversation(Talk(1), 1, null), new ConversationReleased(Talk(1), 1));
        Assert.Single(_last.Changes.OfType<OfferClosed>());
        Told(new OfferConfirmed(Talk(1), 1));
        Assert.Equal(0, _work.Hands.Load);
    }

    [Fact]
    public void Away_takes_what_is_given_by_name_and_offline_nothing()
    {
        Told(new SetPresence(Presence.Away, false), new OfferConversation(Talk(1), 1, Given.Sales));
        Assert.Single(Hints<AgentDeclined>(Given.Of(Given.Sales)));
        Told(new OfferConversation(Talk(1), 1, null));
        Assert.Single(Hints<AcceptOffer>(Owner(1)));
        Told(new SetPresence(Presence.Offline, false), new OfferConversation(Talk(2), 1, null));
        Assert.Equal("agent_offline", Assert.Single(Hints<DeclineOffer>(Owner(2))).Reason);
    }

    [Fact]
    public void Going_may_hand_everything_back()
    {
        Told(new OfferConversation(Talk(1), 1, null), new OfferConfirmed(Talk(1), 1),
            new SetPresence(Presence.Offline, Requeue: true));
        Assert.Single(Hints<RequeueConversation>(Owner(1)));
    }

    [Fact]
    public void Wake_says_again_what_was_accepted()
    {
        Told(new OfferConversation(Talk(1), 1, null), Wake.Message);
        Assert.Single(Hints<AcceptOffer>(Owner(1)));
    }

    [Fact]
    public void Standing_of_a_life_on_a_slower_clock_is_newer_than_that_of_the_life_before()
    {
        Told(Wake.Message);
        var before = Assert.Single(Hints<AgentChanged>(Given.Of(Given.Sales))).Standing.Sequence;
        var later = new AgentAtWork(_work.Record, new Hands());
        var turn = Agent.Decide(later, Wake.Message, Given.Now.AddSeconds(-4));
        var told = turn.Effects.OfType<Tell>().Select(tell => tell.Message).OfType<AgentChanged>();
        Assert.True(Assert.Single(told).Standing.Sequence > before);
    }

    [Fact]
    public void Standings_are_numbered_upwards_while_the_clock_stands()
    {
        Told(Wake.Message);
        var first = Assert.Single(Hints<AgentChanged>(Given.Of(Given.Sales))).Standing.Sequence;
        Told(Wake.Message);
        Assert.True(Assert.Single(Hints<AgentChanged>(Given.Of(Given.Sales))).Standing.Sequence > first);
    }
}
