using System.Collections.Frozen;
using Microsoft.Extensions.Time.Testing;
using WaGrains.Domain.Ids;
using WaGrains.Grains.Moving;
using WaGrains.Grains.Placement;

namespace WaGrains.Host.Tests.Cluster;

public sealed class NewcomersTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Silos_are_settled_three_seconds_after_the_last_has_come()
    {
        var newcomers = new Newcomers(_clock);

        Assert.False(newcomers.AreSettled(Among(11111)));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.True(newcomers.AreSettled(Among(11111)));
        Assert.False(newcomers.AreSettled(Among(11111, 11112)));
        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(newcomers.AreSettled(Among(11111, 11112)));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(newcomers.AreSettled(Among(11111, 11112)));
    }

    [Fact]
    public void One_that_goes_unsettles_nobody_and_one_that_returns_is_new()
    {
        var newcomers = new Newcomers(_clock);
        newcomers.AreSettled(Among(11111, 11112));
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(newcomers.AreSettled(Among(11111)));
        Assert.False(newcomers.AreSettled(Among(11111, 11112)));
    }

    [Fact]
    public void Where_silos_go_on_coming_nobody_waits_longer_than_ten_seconds()
    {
        var newcomers = new Newcomers(_clock);
        List<int> ports = [11111];

        while (!newcomers.AreSettled(Among([.. ports])) && ports.Count < 20)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            ports.Add(11111 + ports.Count);
        }

        Assert.Equal(6, ports.Count);
    }

    private static Places Among(params int[] ports) => new(
        ports.Select(port => new LiveSilo(FakeMembership.Silo(port), $"silo-{port}", Places.SharedPool)),
        FrozenDictionary<TenantId, string>.Empty);
}
