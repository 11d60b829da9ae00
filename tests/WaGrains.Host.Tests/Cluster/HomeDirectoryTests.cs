using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Orleans.Metadata;
using Orleans.Runtime;
using WaGrains.Domain.Ids;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;

namespace WaGrains.Host.Tests.Cluster;

public sealed class HomeDirectoryTests : IKeepers, IClusterManifestProvider
{
    private const int Old = 11111;
    private const int New = 11112;

    private static readonly GrainType Kind = GrainType.Create("phonenumber");
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeMembership _membership = new();
    private readonly HashSet<(SiloAddress Silo, string Part)> _kept = [];
    private readonly List<SiloAddress> _asked = [];
    private ClusterManifest _manifest = Knowing(Old, New);

    [Fact]
    public async Task Where_nothing_has_changed_for_half_a_minute_nobody_is_asked()
    {
        var (map, directory) = Silo(Old);
        Joins(map);
        _clock.Advance(TimeSpan.FromSeconds(31));

        var found = await directory.Lookup(Number(map, New));

        Assert.Null(found);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_number_on_its_old_silo_is_found_there_until_it_has_left()
    {
        _membership.Becomes((Old, SiloStatus.Active), (11113, SiloStatus.Active));
        var (map, directory) = Silo(11113);
        map.Refresh();
        _membership.Becomes(
            (Old, SiloStatus.Active), (New, SiloStatus.Active), (11113, SiloStatus.Active));
        var moving = Number(map, New, was: Old);
        _kept.Add((FakeMembership.Silo(Old), Part(moving)));

        var before = await directory.Lookup(moving);
        _kept.Clear();
        var after = await directory.Lookup(moving);

        Assert.Equal(FakeMembership.Silo(Old), before?.SiloAddress);
        Assert.Null(after);
    }

    [Fact]
    public async Task To_a_silo_that_has_only_just_come_the_others_have_had_everything()
    {
        _membership.Becomes((Old, SiloStatus.Active), (New, SiloStatus.Active));
        var (map, directory) = Silo(New);
        var mine = Number(map, New);
        _kept.Add((FakeMembership.Silo(Old), Part(mine)));

        var address = Address(mine, New);
        var kept = await directory.Register(address);
        _kept.Clear();
        var gone = await directory.Register(address);

        Assert.Equal(FakeMembership.Silo(Old), kept?.SiloAddress);
        Assert.Same(address, gone);
    }

    [Fact]
    public async Task A_silo_that_is_dead_is_not_asked()
    {
        _membership.Becomes((Old, SiloStatus.Active), (New, SiloStatus.Active));
        var (map, directory) = Silo(New);
        var lost = Number(map, Old);
        _membership.Becomes((Old, SiloStatus.Dead), (New, SiloStatus.Active));
        _kept.Add((FakeMembership.Silo(Old), Part(lost)));

        var address = Address(lost, New);

        Assert.Same(address, await directory.Register(address));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_silo_that_has_said_that_it_is_empty_is_not_asked()
    {
        _membership.Becomes((Old, SiloStatus.Active), (New, SiloStatus.Active));
        var (map, directory) = Silo(New);
        var left = Number(map, Old);
        map.Leaves(FakeMembership.Silo(Old));
        map.Empties(FakeMembership.Silo(Old));
        _kept.Add((FakeMembership.Silo(Old), Part(left)));

        var address = Address(left, New);

        Assert.Same(address, await directory.Register(address));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task What_does_not_belong_here_is_sent_home()
    {
        _membership.Becomes((Old, SiloStatus.Active), (New, SiloStatus.Active));
        var (map, directory) = Silo(Old);
        map.Refresh();
        _clock.Advance(TimeSpan.FromSeconds(31));

        var found = await directory.Register(Address(Number(map, New), Old));

        Assert.Equal(FakeMembership.Silo(New), found?.SiloAddress);
    }

    [Fact]
    public async Task What_its_home_does_not_know_yet_lives_on_a_silo_that_does()
    {
        _manifest = Knowing(Old);
        _membership.Becomes((Old, SiloStatus.Active), (New, SiloStatus.Active));
        var (map, directory) = Silo(Old);
        map.Refresh();
        _clock.Advance(TimeSpan.FromSeconds(31));

        var address = Address(Number(map, New), Old);

        Assert.Same(address, await directory.Register(address));
    }

    [Fact]
    public async Task A_silo_keeps_what_it_had_until_that_has_left_and_answers_then()
    {
        var (map, keeping) = OldAfterNewCame();
        var part = Part(Number(map, New));

        Assert.True(await keeping.Keeps(part));
        Task<bool> answer;
        using (keeping.Leave(part))
        {
            answer = keeping.Keeps(part);
            Assert.False(answer.IsCompleted);
        }

        Assert.False(await answer);
    }

    [Fact]
    public async Task A_silo_from_which_everything_has_gone_keeps_only_its_own()
    {
        var (map, keeping) = OldAfterNewCame();

        keeping.Settled(map.Current);

        Assert.False(await keeping.Keeps(Part(Number(map, New))));
        Assert.True(await keeping.Keeps(Part(Number(map, Old))));
    }

    [Fact]
    public async Task An_owner_that_hangs_on_its_way_is_waited_for_a_second()
    {
        var (map, keeping) = OldAfterNewCame();
        var part = Part(Number(map, New));

        using var hanging = keeping.Leave(part);
        var answer = keeping.Keeps(part);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await answer);
    }

    ClusterManifest IClusterManifestProvider.Current => _manifest;

    IAsyncEnumerable<ClusterManifest> IClusterManifestProvider.Updates => throw new NotSupportedException();

    GrainManifest IClusterManifestProvider.LocalGrainManifest => throw new NotSupportedException();

    Task<bool> IKeepers.Keeps(SiloAddress silo, string part)
    {
        _asked.Add(silo);
        return Task.FromResult(_kept.Contains((silo, part)));
    }

    private static ClusterManifest Knowing(params int[] ports)
    {
        var grains = new GrainManifest(
            ImmutableDictionary<GrainType, GrainProperties>.Empty.Add(
                Kind, new GrainProperties(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal))),
            ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty);
        return new ClusterManifest(
            new MajorMinorVersion(1, 1), ports.ToImmutableDictionary(FakeMembership.Silo, _ => grains));
    }

    private static string Part(GrainId grain) => Places.Part(grain.Key.ToString()!);

    private static GrainAddress Address(GrainId grain, int port) =>
        new() { GrainId = grain, ActivationId = ActivationId.NewId(), SiloAddress = FakeMembership.Silo(port) };

    /// <summary>A number whose home is, or was by the picture before, on these silos.</summary>
    private static GrainId Number(ClusterMap map, int home, int? was = null)
    {
        var places = map.Fresh();
        var key = Enumerable.Range(1, 1_000)
            .Select(id => OwnerKey.Of(Acme, new PhoneNumberId((ulong)id)))
            .First(key => FakeMembership.Silo(home).Equals(places.Of(key))
                && (was is null || FakeMembership.Silo(was.Value).Equals(map.Past[0].Of(key))));
        return GrainId.Create(Kind, key.Path);
    }

    private (ClusterMap Map, Keeping Keeping) OldAfterNewCame()
    {
        _membership.Becomes((Old, SiloStatus.Active));
        var map = _membership.MapOf(Old, _clock);
        map.Refresh();
        Joins(map);
        return (map, new Keeping(map, _clock));
    }

    private void Joins(ClusterMap map)
    {
        _membership.Becomes((Old, SiloStatus.Active), (New, SiloStatus.Active));
        map.Refresh();
    }

    private (ClusterMap Map, HomeDirectory Directory) Silo(int port)
    {
        var map = _membership.MapOf(port, _clock);
        return (map, new HomeDirectory(map, new Holders(map, new Keeping(map, _clock), this), this));
    }
}
