using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Timers;

namespace WaGrains.Engine.Tests.Effects;

/// <summary>When calls to Meta leave, as their route tells it.</summary>
public sealed class DeparturesTests : IHintCarrier, IGraphCalls, IOnlookers
{
    private const double PerMinute = 4_800;
    private static readonly TimeSpan Interval = Gcra.Fresh(PerMinute).Interval;

    private readonly StandingClock _clock = new();
    private readonly EffectRoutes _routes;
    private readonly List<SendToGraph> _sends = [];

    public DeparturesTests() =>
        _routes = new EffectRoutes(new EffectTargets(this, this, this), new TimerWheel(), new SiloView(), _clock);

    [Fact]
    public void Slow_number_leaves_at_once()
    {
        Release(1, _clock.Now.AddMilliseconds(-30), null);
        Assert.Null(_sends.Single().NotBefore);
    }

    [Fact]
    public void Fast_number_leaves_at_its_slots()
    {
        var planned = Plan(_clock.Now, 8);
        Assert.Equal([null, .. planned.Skip(1)], _sends.Select(send => send.NotBefore));
    }

    [Fact]
    public void Slots_that_are_over_leave_as_far_apart_as_the_pace_has_them()
    {
        Plan(_clock.Now.AddMilliseconds(-300), 8);
        Assert.Null(_sends[0].NotBefore);
        Assert.Equal(
            Enumerable.Range(1, 7).Select(i => (DateTimeOffset?)(_clock.Now + (i * Interval))),
            _sends.Skip(1).Select(send => send.NotBefore));

        // And what was taken on time behind them waits for them too.
        _sends.Clear();
        Plan(_clock.Now + (2 * Interval), 1);
        Assert.Equal(_clock.Now + (8 * Interval), _sends.Single().NotBefore);
    }

    [Fact]
    public void Numbers_do_not_wait_for_one_another()
    {
        Plan(_clock.Now.AddMilliseconds(-300), 8);
        _sends.Clear();
        Release(2, _clock.Now, PerMinute);
        Assert.Null(_sends.Single().NotBefore);
    }

    [Fact]
    public void Many_numbers_are_not_remembered_for_ever_and_those_that_owe_are()
    {
        Plan(_clock.Now, 8);
        for (var number = 2UL; number <= 3UL * Limits.PacesRemembered; number++)
        {
            Release(number, _clock.Now, PerMinute);
        }

        _sends.Clear();
        Release(1, _clock.Now, PerMinute);
        Assert.Equal(_clock.Now + (8 * Interval), _sends.Single().NotBefore);
    }

    void IHintCarrier.Carry(Tell hint)
    {
    }

    void IGraphCalls.Start(SendToGraph send, long commitStartedAt) => _sends.Add(send);

    void IOnlookers.Show(Seen seen)
    {
    }

    private List<DateTimeOffset?> Plan(DateTimeOffset first, int count)
    {
        List<DateTimeOffset?> planned = [.. Enumerable.Range(0, count).Select(i => first + (i * Interval))];
        planned.ForEach(at => Release(1, at!.Value, PerMinute));
        return planned;
    }

    private void Release(ulong number, DateTimeOffset slot, double? perMinute)
    {
        var id = new PhoneNumberId(number);
        var owner = OwnerKey.Of(Bench.Tenant, id);
        var talk = new ConversationId(id, new ContactId(500));
        var message = MessageId.New(_clock.Now, (UInt128)_sends.Count);
        _routes.Release(
            owner,
            new SendToGraph(
                owner, "1001", message, 1, talk, new Recipient("5511999990000", null), new TextContent("x", false),
                null)
            {
                Slot = slot,
                PerMinute = perMinute,
            },
            0);
    }
}
