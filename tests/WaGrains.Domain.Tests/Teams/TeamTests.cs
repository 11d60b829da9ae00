using WaGrains.Domain.Agents;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Teams;

public sealed class TeamTests
{
    private TeamAtWork _work = new(new TeamState { Tenant = Given.Tenant, Id = Given.Sales }, new Board());
    private TeamAtWork _twin = new(new TeamState { Tenant = Given.Tenant, Id = Given.Sales }, new Board());
    private Turn<TeamAtWork> _last = null!;

    public TeamTests() =>
        Told(new ConfigureTeam("Sales", RoutingStrategy.LeastLoaded, [Given.Bo, Given.Ana, Given.Ana], null));

    private static ConversationId Talk(int n) => new(Given.Number, new ContactId((ulong)n));

    private static AgentChanged Standing(AgentId agent, int load, long sequence, bool available = true) =>
        new(new AgentStanding(agent, available, load, new AgentCapacity(2), sequence));

    private static AskForAgent Ask(int n, long offer = 1) => new(Talk(n), offer, Given.Now.AddSeconds(n));

    private void Told(params OwnerMessage[] messages)
    {
        foreach (var message in messages)
        {
            (_last, _twin) =
                TurnCheck.Run(_work, _twin, work => work.Record, work => Team.Decide(work, message, Given.Now));
            _work = _last.Next;
            Assert.Equal(_work.Board.Waiting, _last.Effects.OfType<RowsClaimed>().Single().Rows);
        }
    }

    private IReadOnlyList<(AgentId Agent, ConversationId Talk, long Offer)> Offers =>
    [
        .. _last.Effects.OfType<Tell>().Where(tell => tell.Message is OfferConversation)
            .Select(tell => (tell.To.Agent, ((OfferConversation)tell.Message).Conversation,
                ((OfferConversation)tell.Message).Offer)),
    ];

    [Fact]
    public void Members_are_told_each_time_and_former_ones_once()
    {
        Assert.Equal([Given.Ana, Given.Bo], _work.Record.Members);
        Told(new ConfigureTeam("Sales", RoutingStrategy.LeastLoaded, [Given.Ana], Given.Key));
        var told = _last.Effects.OfType<Tell>()
            .ToDictionary(tell => tell.To.Agent, tell => ((TeamMembership)tell.Message).Member);
        Assert.Equal((true, false), (told[Given.Ana], told[Given.Bo]));
        Assert.Single(_last.Changes.OfType<IdempotencyKept>());
    }

    [Fact]
    public void Who_waits_longest_comes_first_once_somebody_has_room()
    {
        Told(Ask(2), Ask(1), Ask(3));
        Assert.Empty(Offers);
        Told(Standing(Given.Ana, 0, 1));
        Assert.Equal([(Given.Ana, Talk(1), 1L), (Given.Ana, Talk(2), 1L)], Offers);
        Told(Standing(Given.Bo, 1, 1));
        Assert.Equal([(Given.Bo, Talk(3), 1L)], Offers);
    }

    [Fact]
    public void Declined_goes_to_another()
    {
        Told(Standing(Given.Ana, 0, 1), Standing(Given.Bo, 1, 1), Ask(1));
        Assert.Equal(Given.Ana, Assert.Single(Offers).Agent);
        Told(new AgentDeclined(Talk(1), 1, Standing(Given.Ana, 2, 2).Standing));
        Assert.Equal(Given.Bo, Assert.Single(Offers).Agent);
    }

    [Fact]
    public void Older_word_of_an_agent_changes_nothing()
    {
        Told(Standing(Given.Ana, 2, 5), Standing(Given.Ana, 0, 4), Ask(1));
        Assert.Empty(Offers);
    }

    [Fact]
    public void Stale_ask_and_stale_stop_change_nothing()
    {
        Told(Ask(1, offer: 3), Ask(1, offer: 2), new StopAsking(Talk(1), 2));
        Told(Standing(Given.Ana, 0, 1));
        Assert.Equal(3, Assert.Single(Offers).Offer);
        Told(new StopAsking(Talk(1), 3));
        Assert.Equal(0, _work.Board.Waiting);
    }

    [Fact]
    public void Lost_member_gives_its_offers_to_the_others()
    {
        Told(Standing(Given.Ana, 0, 1), Ask(1), Standing(Given.Bo, 0, 1));
        Told(new ConfigureTeam("Sales", RoutingStrategy.LeastLoaded, [Given.Bo], null));
        Assert.Equal(Given.Bo, Assert.Single(Offers).Agent);
    }

    [Fact]
    public void Wake_offers_again_what_was_not_answered()
    {
        Told(Standing(Given.Ana, 0, 1), Ask(1), Wake.Message);
        Assert.Equal((Given.Ana, Talk(1), 1L), Assert.Single(Offers));
    }

    [Fact]
    public void Board_and_hands_never_lose_a_contact_whatever_the_order_of_hints()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            Play(seed);
        }
    }

    /// <summary>Hints between one team and two agents come in any order and some twice; in the end everybody is held or
    /// all are full.</summary>
    private static void Play(int seed)
    {
        var random = new Random(seed);
        var team = new TeamAtWork(
            new TeamState { Tenant = Given.Tenant, Id = Given.Sales, Members = [Given.Ana, Given.Bo] }, new Board());
        var agents = new[] { Given.Ana, Given.Bo }.ToDictionary(id => id, id => new AgentAtWork(
            new AgentState
            {
                Tenant = Given.Tenant, Id = id, Version = 1, Capacity = new AgentCapacity(2),
                Presence = Presence.Available, Teams = [Given.Sales],
            },
            new Hands()));
        var holders = new Dictionary<ConversationId, AgentId>();
        List<Tell> hints = [.. Enumerable.Range(1, 6).Select(n => new Tell(Given.Of(Given.Sales), Ask(n)))];
        hints.AddRange(agents.Keys.Select(id => new Tell(Given.Of(id), Wake.Message)));
        for (var step = 0; hints.Count > 0 && step < 3_000; step++)
        {
            var hint = hints[random.Next(hints.Count)];
            if (random.Next(5) > 0 || step > 1_000)
            {
                hints.Remove(hint);
            }

            var (effects, now) = (new List<Effect>(), Given.Now.AddTicks(step));
            if (hint.To.Kind == OwnerKind.Team)
            {
                effects.AddRange(Team.Decide(team, hint.Message, now).Effects);
            }
            else if (hint.To.Kind == OwnerKind.Agent)
            {
                effects.AddRange(Agent.Decide(agents[hint.To.Agent], hint.Message, now).Effects);
                var load = agents[hint.To.Agent].Hands.Load;
                Assert.True(load <= 2, $"seed={seed} step={step} load={load}");
            }
            else if (hint.Message is Domain.Conversations.AcceptOffer accept)
            {
                var holder = holders.TryGetValue(hint.To.Conversation, out var known)
                    ? known
                    : holders[hint.To.Conversation] = accept.Agent;
                effects.Add(new Tell(Given.Of(accept.Agent), holder == accept.Agent
                    ? new OfferConfirmed(hint.To.Conversation, accept.Offer)
                    : new OfferVoided(hint.To.Conversation, accept.Offer)));
                effects.Add(new Tell(Given.Of(Given.Sales), new StopAsking(hint.To.Conversation, accept.Offer)));
            }

            hints.AddRange(effects.OfType<Tell>());
        }

        Assert.True(holders.Count == 4, $"seed={seed} held={holders.Count} expected=4");
        Assert.True(hints.Count == 0, $"seed={seed} hints={hints.Count} left");
        Assert.True(
            agents.All(a => a.Value.Hands.Held.All(talk => holders[talk] == a.Key))
                && agents.Sum(a => a.Value.Hands.Load) == 4,
            $"seed={seed} loads={string.Join(',', agents.Values.Select(a => a.Hands.Load))}");
    }
}
