using WaGrains.Sandbox.Judging;

namespace WaGrains.Sandbox.Tests;

public class PartsTests
{
    [Fact]
    public void Dice_of_a_seed_never_change()
    {
        var chance = new Chance(1);
        Assert.Equal(
            [0x910A2DEC89025CC1UL, 0xBEEB8DA1658EEC67UL, 0xF893A2EEFB32555EUL],
            new[] { chance.NextBits(), chance.NextBits(), chance.NextBits() });
    }

    [Fact]
    public void Equal_times_keep_their_order()
    {
        var agenda = new Agenda<int>();
        foreach (var item in Enumerable.Range(0, 50))
        {
            agenda.Add(Bench.Start.AddSeconds(item / 10), item);
        }

        var taken = new List<int>();
        while (agenda.TryTakeDue(Bench.Start.AddSeconds(3), out var item, out _))
        {
            taken.Add(item);
        }

        Assert.Equal(Enumerable.Range(0, 40), taken);
    }

    [Fact]
    public void The_last_used_pairs_are_kept_and_the_forgotten_ones_counted()
    {
        var map = new RecentMap<int, object>(10);
        var first = map.Of(0);
        var others = Enumerable.Range(1, 9).Select(map.Of).ToList();
        Assert.Same(first, map.Of(0));
        map.Of(10);
        Assert.Equal(others, Enumerable.Range(1, 9).Select(map.Of));
        Assert.Equal(0, map.Forgotten);
        Enumerable.Range(20, 30).ToList().ForEach(key => map.Of(key));
        Assert.NotSame(first, map.Of(0));
        Assert.True(map.Forgotten > 10, $"forgotten={map.Forgotten}");
    }

    [Fact]
    public void Only_the_last_prints_are_remembered()
    {
        var prints = new RecentPrints(2);
        Assert.True(prints.AddIfNew(1));
        Assert.True(prints.AddIfNew(2));
        Assert.False(prints.AddIfNew(1));
        Assert.True(prints.AddIfNew(3));
        Assert.Equal(1, prints.Forgotten);
        Assert.True(prints.AddIfNew(1));
        Assert.False(prints.AddIfNew(3));
    }
}
