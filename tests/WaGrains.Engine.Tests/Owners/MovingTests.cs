using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;

namespace WaGrains.Engine.Tests.Owners;

/// <summary>What a number takes along to another silo, and what it leaves behind.</summary>
public sealed class MovingTests
{
    private static readonly OwnerKey Number = OwnerKey.Of(Bench.Tenant, Bench.Number);

    private readonly Bench _bench = new();

    public MovingTests()
    {
        _bench.Tell(OwnerKey.Of(Bench.Tenant), new CreateTenant("Demo", new TenantConfiguration()));
        var settings = new PhoneNumberSettings
        {
            PhoneNumberId = "1001", Policy = SendingPolicy.Cloud, CeilingPerMinute = 600,
        };
        _bench.Tell(Number, new ConfigureNumber(settings, null));
        _bench.Tell(Bench.Conversation, Bench.Send(1));
        _bench.Released.OfType<Tell>().Where(hint => hint.To == Number).ToList().ForEach(_bench.Tell);
    }

    private int Starts()
    {
        _bench.Released.Clear();
        _bench.Tell(Number, Pump.Message);
        return _bench.Released.OfType<SendToGraph>().Count();
    }

    private void Queue(int id)
    {
        var conversation = OwnerKey.Of(Bench.Tenant, new ConversationId(Bench.Number, new ContactId(600 + (ulong)id)));
        _bench.Tell(conversation, Bench.Send(id));
        _bench.Released.OfType<Tell>().Where(hint => hint.Message is EnqueueSends).ToList().ForEach(_bench.Tell);
    }

    [Fact]
    public void Number_that_comes_to_another_silo_waits_until_no_clock_can_deceive_it()
    {
        Assert.Equal(1, Starts());
        Queue(2);
        _bench.View.Left(Number);
        _bench.Forget(Number);
        _bench.Clock.Now += Limits.ClocksDifferBy / 2;
        Assert.Equal(0, Starts());
        _bench.Clock.Now += Limits.ClocksDifferBy;
        Assert.Equal(1, Starts());
    }

    [Fact]
    public void Number_that_another_silo_has_written_meanwhile_waits_where_it_lived_before_too()
    {
        Assert.Equal(1, Starts());
        var stored = Assert.Single(_bench.Store.Snapshot().Numbers);
        Assert.True(_bench.View.Wrote(Number, stored.Version));
        Assert.False(_bench.View.Wrote(Number, stored.Version + 1));
    }

    [Fact]
    public void Number_that_comes_back_to_life_where_it_lived_goes_on_at_once()
    {
        Assert.Equal(1, Starts());
        Queue(2);
        _bench.Forget(Number);
        _bench.Clock.Now += Limits.ClocksDifferBy / 2;
        Assert.Equal(1, Starts());
    }

    [Fact]
    public void What_has_left_a_silo_claims_nothing_there()
    {
        Assert.Equal(1, _bench.View.Claimed(Number));
        _bench.View.Left(Number);
        Assert.Equal((0, 0L), (_bench.View.Claimed(Number), _bench.View.DepthTotal));
        Assert.False(_bench.View.Wrote(Number, 1));
    }
}
