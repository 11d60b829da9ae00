using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Grains.Forwarding;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;

namespace WaGrains.Host.Tests.Cluster;

public sealed class ElsewhereTests
{
    private const int Me = 11111;
    private const int Other = 11112;
    private const int Third = 11113;

    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeMembership _membership = new();
    private readonly LocalGrains _here = new();

    [Fact]
    public void A_silo_alone_has_nobody_elsewhere()
    {
        _membership.Becomes((Me, SiloStatus.Active));

        Assert.False(new Elsewhere(_membership.MapOf(Me, _clock), _here, _clock).Exists);
    }

    [Fact]
    public void Who_lives_on_another_silo_is_found_there_and_who_lives_here_is_not()
    {
        var (map, elsewhere) = Settled(Me, Other);

        Assert.True(elsewhere.Exists);
        Assert.Equal(FakeMembership.Silo(Other), elsewhere.Of(NumberOn(map, Other)));
        Assert.Null(elsewhere.Of(NumberOn(map, Me)));
    }

    [Fact]
    public void Who_has_not_left_this_silo_yet_is_not_elsewhere()
    {
        var (map, elsewhere) = Settled(Me, Other);
        var number = NumberOn(map, Other);
        var seat = new LocalSeat(null!, null!);
        _here.Add(number, seat);

        Assert.Null(elsewhere.Of(number));
        _here.Remove(number, seat);
        Assert.NotNull(elsewhere.Of(number));
    }

    [Fact]
    public void Who_may_be_on_the_move_is_not_trusted_to_anybody_for_half_a_minute()
    {
        var (map, elsewhere) = Settled(Me, Other);
        var before = map.Current;
        _membership.Becomes((Me, SiloStatus.Active), (Other, SiloStatus.Active), (Third, SiloStatus.Active));
        map.Refresh();
        var moves = Numbers().First(number => Lives(map.Current, number, Third) && Lives(before, number, Other));
        var stays = Numbers().First(number => Lives(map.Current, number, Other) && Lives(before, number, Other));

        Assert.Null(elsewhere.Of(moves));
        Assert.Equal(FakeMembership.Silo(Other), elsewhere.Of(stays));
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(FakeMembership.Silo(Third), elsewhere.Of(moves));
    }

    [Fact]
    public void Nobody_is_elsewhere_on_a_silo_that_has_died()
    {
        var (map, elsewhere) = Settled(Me, Other, Third);
        var number = NumberOn(map, Other);
        Assert.NotNull(elsewhere.Of(number));

        _membership.Becomes((Me, SiloStatus.Active), (Other, SiloStatus.Dead), (Third, SiloStatus.Active));

        Assert.NotEqual(FakeMembership.Silo(Other), elsewhere.Of(number));
    }

    [Fact]
    public void A_silo_that_could_not_be_asked_is_not_asked_for_half_a_minute_and_the_others_are()
    {
        var (map, elsewhere) = Settled(Me, Other, Third);

        elsewhere.Avoid(FakeMembership.Silo(Other));

        Assert.Null(elsewhere.Of(NumberOn(map, Other)));
        Assert.NotNull(elsewhere.Of(NumberOn(map, Third)));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(elsewhere.Of(NumberOn(map, Other)));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(FakeMembership.Silo(Other), elsewhere.Of(NumberOn(map, Other)));
    }

    private (ClusterMap Map, Elsewhere Elsewhere) Settled(params int[] silos)
    {
        _membership.Becomes([.. silos.Select(silo => (silo, SiloStatus.Active))]);
        var map = _membership.MapOf(Me, _clock);
        map.Refresh();
        _clock.Advance(TimeSpan.FromSeconds(31));
        return (map, new Elsewhere(map, _here, _clock));
    }

    private static OwnerKey NumberOn(ClusterMap map, int silo) =>
        Numbers().First(number => Lives(map.Current, number, silo));

    private static bool Lives(Places places, OwnerKey number, int silo) =>
        FakeMembership.Silo(silo).Equals(places.Of(number));

    private static IEnumerable<OwnerKey> Numbers() =>
        Enumerable.Range(1, 1_000).Select(id => OwnerKey.Of(Acme, new PhoneNumberId((ulong)id)));
}
