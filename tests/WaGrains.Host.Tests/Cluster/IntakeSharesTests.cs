using Microsoft.Extensions.Time.Testing;
using WaGrains.Domain.Ids;
using WaGrains.Host.Silo;

namespace WaGrains.Host.Tests.Cluster;

public sealed class IntakeSharesTests
{
    private static readonly TenantId Loud = TenantId.Parse("loud");
    private static readonly TenantId Calm = TenantId.Parse("calm");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Alone_a_tenant_may_take_every_place()
    {
        var shares = new IntakeShares(10, 0.5, _clock);

        Assert.Equal(10, Entered(shares, Loud, 12));
    }

    [Fact]
    public void While_another_wants_some_a_tenant_gets_no_more_than_its_share()
    {
        var shares = new IntakeShares(10, 0.5, _clock);
        shares.TryEnter(Calm);

        Assert.Equal(5, Entered(shares, Loud, 12));
        Assert.True(shares.TryEnter(Calm));
    }

    [Fact]
    public void A_tenant_that_was_sent_back_still_wants_to_be_served()
    {
        var shares = new IntakeShares(4, 0.5, _clock);
        Assert.Equal(4, Entered(shares, Loud, 4));
        shares.TryEnter(Calm);

        shares.Leave(Loud);

        Assert.False(shares.TryEnter(Loud));
    }

    [Fact]
    public void One_that_has_not_come_for_a_while_keeps_nobody_out()
    {
        var shares = new IntakeShares(10, 0.5, _clock);
        shares.TryEnter(Calm);
        shares.Leave(Calm);

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(10, Entered(shares, Loud, 12));
    }

    [Fact]
    public void A_place_given_back_can_be_taken_again()
    {
        var shares = new IntakeShares(1, 1, _clock);
        Assert.True(shares.TryEnter(Loud));
        Assert.False(shares.TryEnter(Loud));

        shares.Leave(Loud);

        Assert.True(shares.TryEnter(Loud));
    }

    private static int Entered(IntakeShares shares, TenantId tenant, int tries) =>
        Enumerable.Range(0, tries).Count(_ => shares.TryEnter(tenant));
}
