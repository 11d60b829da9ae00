using System.Text.Json;
using WaGrains.LocalCluster.Sends;

namespace WaGrains.Faults.Tests;

public sealed class WaitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Wait_is_told_by_the_first_attempt()
    {
        var wait = Read("""
            {"steps":[{"at":"2026-11-23T12:00:00Z","step":"queued"},{"at":"2026-11-23T12:00:02Z","step":"waited"},
            {"at":"2026-11-23T12:00:02Z","step":"attempted"},{"at":"2026-11-23T12:00:09Z","step":"attempted"}]}
            """);

        Assert.Equal(TimeSpan.FromSeconds(2), wait!.Length);
    }

    [Fact]
    public void What_was_never_attempted_has_no_wait() =>
        Assert.Null(Read("""{"steps":[{"at":"2026-11-23T12:00:00Z","step":"queued"}]}"""));

    [Fact]
    public void Spread_names_the_wait_that_a_share_does_not_exceed()
    {
        var spread = WaitSpread.Of(Enumerable.Range(1, 200).Select(i => Lasting(TimeSpan.FromMilliseconds(i))));

        Assert.Equal(TimeSpan.FromMilliseconds(198), spread.At(0.99));
        Assert.Equal(TimeSpan.FromMilliseconds(200), spread.At(1));
    }

    [Theory]
    [InlineData("1", -10, -1, false)]
    [InlineData("1", -10, 0, true)]
    [InlineData("1", 1, 2, true)]
    [InlineData("1", 4, 9, true)]
    [InlineData("1", 5, 9, false)]
    [InlineData("2", 1, 2, false)]
    public void Outage_touches_waits_of_its_numbers_that_fall_into_it(string number, int from, int until, bool touches)
    {
        var outage = new Outage(Noon, Noon.AddSeconds(4), new HashSet<string> { "1" });

        Assert.Equal(touches, outage.Touches(number, Noon.AddSeconds(from), Noon.AddSeconds(until)));
    }

    private static Wait Lasting(TimeSpan time) => new("1", "c", Noon, Noon + time);

    private static Wait? Read(string timeline)
    {
        using var document = JsonDocument.Parse(timeline);
        return Wait.Read("1", "c", document.RootElement);
    }
}
