using WaGrains.Domain.Agents;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;

namespace WaGrains.Engine.Tests.Recovery;

public sealed class RecoveryTests : IHintCarrier
{
    private static readonly OwnerKey Number = OwnerKey.Of(Bench.Tenant, Bench.Number);
    private static readonly OwnerKey Team = OwnerKey.Of(Bench.Tenant, Bench.Team);

    private readonly Bench _bench = new();
    private readonly List<Tell> _carried = [];
    private readonly Engine.Recovery.Recovery _recovery;

    public RecoveryTests()
    {
        _recovery = new Engine.Recovery.Recovery(_bench.Store.Reads, this, _bench.View, _bench.Wheel, _bench.Staging);
        _bench.Tell(
            OwnerKey.Of(Bench.Tenant), new CreateTenant("Demo", new TenantConfiguration { DefaultTeam = Bench.Team }));
    }

    void IHintCarrier.Carry(Tell hint) => _carried.Add(hint);

    private void Wait(string wamid) => _bench.Finish(_bench.Intake.Accept(
        Bench.Tenant,
        [
            new Engine.Intake.InboundArrival(
                PhoneNumberState.Fresh(Bench.Tenant, Bench.Number, _bench.Clock.Now),
                new PersonNames("5511999990000", null, null, null),
                _bench.Inbound(wamid, "hello")),
        ],
        _bench.Clock.Now,
        default));

    private void Sweep() => _bench.Finish(_recovery.Sweep(_ => true, _bench.Clock.Now, default));

    private void WakeAll(Func<OwnerKey, bool>? mine = null) =>
        _bench.Finish(_recovery.WakeAll(mine ?? (_ => true), _bench.Clock.Now, default));

    [Fact]
    public void Everybody_with_pending_rows_is_woken_in_ones_own_range_only()
    {
        _bench.Tell(Bench.Conversation, Bench.Send(1));
        Wait("w1");
        _bench.Clock.Now += TimeSpan.FromMilliseconds(1);
        WakeAll(owner => owner == Number);
        Assert.Equal([new Tell(Number, Wake.Message)], _carried);
        WakeAll();
        Assert.Equal([Number, Number, Team], _carried.Select(hint => hint.To));
        Assert.Equal((3L, 0L), (_recovery.Woken, _recovery.Unclaimed));
    }

    [Fact]
    public void Agents_in_memory_look_at_their_rows_again_when_a_silo_is_lost()
    {
        var agent = OwnerKey.Of(Bench.Tenant, new AgentId(7));
        _recovery.Remind([Number, agent, Team, Bench.Conversation]);
        Assert.Equal([new Tell(agent, Wake.Message)], _carried);
    }

    [Fact]
    public void Sweep_wakes_and_counts_a_number_whose_memory_knows_nothing_of_its_rows()
    {
        _bench.Tell(Bench.Conversation, Bench.Send(1));
        Sweep();
        Assert.Empty(_carried);
        _bench.Clock.Now += Limits.UnclaimedAfter + TimeSpan.FromMilliseconds(1);
        Sweep();
        Assert.Empty(_carried);
        Sweep();
        Assert.Equal([new Tell(Number, Wake.Overdue)], _carried);
        Assert.Equal(1, _recovery.Unclaimed);
    }

    [Fact]
    public void Sweep_leaves_a_number_alone_that_knows_its_rows()
    {
        _bench.Tell(Bench.Conversation, Bench.Send(1));
        _bench.Released.OfType<Tell>().Where(hint => hint.To == Number).ToList().ForEach(_bench.Tell);
        _bench.Clock.Now += TimeSpan.FromMinutes(1);
        Sweep();
        Sweep();
        Assert.Empty(_carried);
        Assert.Equal(0, _recovery.Unclaimed);
    }

    [Fact]
    public void Sweep_leaves_a_team_alone_whose_contacts_merely_wait()
    {
        _bench.Tell(Team, new ConfigureTeam("Team", RoutingStrategy.LeastLoaded, [], null));
        Wait("w1");
        _bench.Released.OfType<Tell>().Where(hint => hint.Message is AskForAgent).ToList().ForEach(_bench.Tell);
        _bench.Clock.Now += TimeSpan.FromMinutes(1);
        Sweep();
        Sweep();
        Assert.Empty(_carried);
        Assert.Equal(0, _recovery.Unclaimed);
    }

    [Fact]
    public void Sweep_wakes_a_team_that_was_not_asked()
    {
        Wait("w1");
        _bench.Clock.Now += TimeSpan.FromMinutes(1);
        Sweep();
        Sweep();
        Assert.Equal(Team, Assert.Single(_carried).To);
    }

    [Fact]
    public void Waiting_teams_do_not_count_as_messages_of_numbers()
    {
        _bench.Tell(Team, new ConfigureTeam("Team", RoutingStrategy.LeastLoaded, [], null));
        Wait("w1");
        _bench.Released.OfType<Tell>().Where(hint => hint.Message is AskForAgent).ToList().ForEach(_bench.Tell);
        Assert.Equal(0, _bench.View.DepthTotal);
        Assert.Empty(_bench.View.Depths);
    }

    [Fact]
    public void Unfinished_merge_is_taken_up_and_then_closed_without_waking_the_directory()
    {
        PersonNames phone = new("5511999990000", null, null, null), user = new(null, "u1", null, null);
        var older = _bench.Finish(_bench.Contacts.Resolve(Bench.Tenant, phone, _bench.Clock.Now, default))!.Value;
        var younger = _bench.Finish(_bench.Contacts.Resolve(Bench.Tenant, user, _bench.Clock.Now, default))!.Value;
        var talk = new ConversationId(Bench.Number, younger);
        _bench.Tell(OwnerKey.Of(Bench.Tenant, talk), Bench.Send(1));
        _bench.Finish(_bench.Contacts.Resolve(Bench.Tenant, phone with { UserId = "u1" }, _bench.Clock.Now, default));
        _bench.Released.Clear();

        _bench.Clock.Now += TimeSpan.FromMinutes(1);
        Sweep();
        Assert.Equal(new MergeInto(new ConversationId(Bench.Number, older)), Assert.Single(_bench.Hints<MergeInto>()));
        Assert.DoesNotContain(_carried, hint => hint.To.Kind == OwnerKind.Contacts);

        _bench.Tell(OwnerKey.Of(Bench.Tenant, talk), Assert.Single(_bench.Hints<MergeInto>()));
        _bench.Tell(_bench.Released.OfType<Tell>().Single(hint => hint.Message is AbsorbMerged));
        _bench.Tell(_bench.Released.OfType<Tell>().Single(hint => hint.Message is MergeAbsorbed));
        Sweep();
        _bench.Clock.Now += Limits.MergeStaysOpenFor;
        Sweep();
        Assert.Empty(_bench.Store.Reads.OpenMerges(10, default).Result("merges"));
    }

    [Fact]
    public void Conversation_that_another_silo_opens_for_an_absorbed_contact_is_merged_too()
    {
        PersonNames phone = new("5511999990000", null, null, null), user = new(null, "u1", null, null);
        _bench.Finish(_bench.Contacts.Resolve(Bench.Tenant, phone, _bench.Clock.Now, default));
        var younger = _bench.Finish(_bench.Contacts.Resolve(Bench.Tenant, user, _bench.Clock.Now, default))!.Value;
        _bench.Finish(_bench.Contacts.Resolve(Bench.Tenant, phone with { UserId = "u1" }, _bench.Clock.Now, default));
        Sweep();
        _bench.Clock.Now += Limits.IdentityRememberedFor;
        Sweep();
        var late = OwnerKey.Of(Bench.Tenant, new ConversationId(Bench.Number, younger));
        _bench.Tell(late, Bench.Send(1));
        _bench.Released.Clear();

        Sweep();
        Assert.Equal(late, Assert.Single(_bench.Released.OfType<Tell>(), hint => hint.Message is MergeInto).To);
    }

    [Fact]
    public void Number_whose_last_pump_was_lost_is_pumped_again_after_a_while()
    {
        _bench.Tell(Bench.Conversation, Bench.Send(1));
        _bench.Released.OfType<Tell>().Where(hint => hint.To == Number).ToList().ForEach(_bench.Tell);
        _bench.Wheel.Set(Number, "", _bench.Clock.Now + TimeSpan.FromMinutes(3));
        SweepFor(Limits.RefreshEvery);
        Assert.Empty(_carried);

        _bench.Clock.Now += TimeSpan.FromMinutes(3);
        Assert.Single(_bench.Wheel.TakeDue(_bench.Clock.Now));
        SweepFor(Limits.RefreshEvery);
        Assert.Equal([new Tell(Number, Pump.Message)], _carried);
    }

    private void SweepFor(TimeSpan time)
    {
        Sweep();
        for (var end = _bench.Clock.Now + time; _bench.Clock.Now < end;)
        {
            _bench.Clock.Now += Limits.UnclaimedAfter;
            Sweep();
        }
    }

    [Fact]
    public void Idle_timer_read_back_from_its_table_closes_the_conversation()
    {
        Wait("w1");
        var stored = Assert.Single(_bench.Store.Snapshot().Timers);
        _bench.Clock.Now = stored.DueAt;
        _bench.Finish(_recovery.ReadTimers(_ => true, _bench.Clock.Now, default));
        var due = Assert.Single(_bench.Wheel.TakeDue(_bench.Clock.Now));
        _bench.Tell(due.Owner, new TimerFired(due.Name, due.DueAt));
        Assert.Equal(ConversationPhase.Closed, Assert.Single(_bench.Store.Snapshot().Conversations).Phase);
        Assert.Empty(_bench.Store.Snapshot().Timers);
    }
}
