using System.Collections.Frozen;
using System.Net;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Grains.Placement;

namespace WaGrains.Host.Tests.Cluster;

public sealed class PlacesTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly FrozenDictionary<TenantId, string> NoPools = FrozenDictionary<TenantId, string>.Empty;

    [Fact]
    public void A_number_and_all_its_conversations_live_together()
    {
        var places = new Places([Silo("a"), Silo("b"), Silo("c")], NoPools);

        foreach (var number in Numbers(50))
        {
            var home = places.Of(OwnerKey.Of(Acme, number));
            for (var contact = 1UL; contact <= 20; contact++)
            {
                Assert.Equal(home, places.Of(OwnerKey.Of(Acme, new ConversationId(number, new ContactId(contact)))));
            }
        }
    }

    [Fact]
    public void Every_silo_gets_a_fair_part()
    {
        var silos = new[] { Silo("a"), Silo("b"), Silo("c") };
        var places = new Places(silos, NoPools);

        var homes = Numbers(900).CountBy(number => places.Of(OwnerKey.Of(Acme, number))!).ToDictionary();

        Assert.All(silos, silo => Assert.InRange(homes[silo.Address], 240, 360));
    }

    [Fact]
    public void A_silo_that_goes_moves_only_what_it_had()
    {
        var (a, b, c) = (Silo("a"), Silo("b"), Silo("c"));
        var before = new Places([a, b, c], NoPools);
        var after = new Places([c, a], NoPools);

        foreach (var number in Numbers(200).Select(number => OwnerKey.Of(Acme, number)))
        {
            var home = before.Of(number);
            Assert.True(
                home!.Equals(b.Address) || home.Equals(after.Of(number)), $"{number} moved without need from {home}");
        }
    }

    [Fact]
    public void A_silo_that_comes_back_gets_its_own_back()
    {
        var before = new Places([Silo("a"), Silo("b", 1)], NoPools);
        var after = new Places([Silo("a"), Silo("b", 2)], NoPools);

        foreach (var number in Numbers(100).Select(number => OwnerKey.Of(Acme, number)))
        {
            Assert.Equal(before.Of(number)!.Endpoint, after.Of(number)!.Endpoint);
        }
    }

    [Fact]
    public void Of_two_incarnations_of_a_silo_the_younger_one_is_meant()
    {
        var places = new Places([Silo("a", 7), Silo("a", 8)], NoPools);

        Assert.Equal(8, places.Of(OwnerKey.Of(Acme))!.Generation);
    }

    [Fact]
    public void A_tenant_with_a_pool_lives_on_its_silos_and_nobody_else_does()
    {
        var (shared, own) = (Silo("a"), Silo("b", pool: "gold"));
        var places = new Places([shared, own], Pools((Acme, "gold")));

        foreach (var number in Numbers(50))
        {
            Assert.Equal(own.Address, places.Of(OwnerKey.Of(Acme, number)));
            Assert.Equal(shared.Address, places.Of(OwnerKey.Of(TenantId.Parse("other"), number)));
        }
    }

    [Fact]
    public void A_pool_without_silos_is_served_by_the_shared_one_and_told()
    {
        var shared = Silo("a");
        var places = new Places([shared, Silo("b", pool: "silver")], Pools((Acme, "gold")));

        Assert.Equal(shared.Address, places.Of(OwnerKey.Of(Acme)));
        Assert.Equal(["gold"], places.DeadPools);
    }

    [Fact]
    public void Where_no_shared_silo_lives_any_silo_will_do()
    {
        var only = Silo("b", pool: "silver");

        Assert.Equal(only.Address, new Places([only], NoPools).Of(OwnerKey.Of(Acme)));
    }

    [Fact]
    public void Without_a_silo_nobody_lives_anywhere() => Assert.Null(Places.None.Of(OwnerKey.Of(Acme)));

    private static FrozenDictionary<TenantId, string> Pools(params (TenantId Tenant, string Pool)[] pools) =>
        pools.ToFrozenDictionary(each => each.Tenant, each => each.Pool);

    private static IEnumerable<PhoneNumberId> Numbers(int count) =>
        Enumerable.Range(1, count).Select(i => new PhoneNumberId(0x0190_0000_0000_0000UL + (ulong)i));

    private static LiveSilo Silo(string name, int generation = 1, string pool = Places.SharedPool) =>
        new(SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_000 + name[0]), generation), name, pool);
}
