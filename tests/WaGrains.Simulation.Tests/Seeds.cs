using System.Globalization;
using WaGrains.Simulation.Tests.World;
using Xunit.Abstractions;

namespace WaGrains.Simulation.Tests;

/// <summary>Whole worlds by their seeds: twenty that never change, and fresh ones.</summary>
public sealed class Seeds(ITestOutputHelper output)
{
    private const int FreshSeeds = 50;
    private const int FreshClusterSeeds = 30;
    private const ulong FreshBase = 1_000_000;

    public static TheoryData<int> Fixed => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Fixed))]
    public void Fixed_seed_breaks_no_rule(int seed) => Judge([SimPlan.Of((ulong)seed)]);

    [Fact]
    public void Fresh_seeds_break_no_rule() => Judge(Fresh("WAGRAINS_SEEDS", FreshSeeds, SimPlan.Of));

    [Fact]
    public void Fresh_cluster_seeds_break_no_rule() =>
        Judge(Fresh("WAGRAINS_CLUSTER_SEEDS", FreshClusterSeeds, SimPlan.Cluster));

    private List<SimPlan> Fresh(string setting, int usual, Func<ulong, SimPlan> plan)
    {
        var count = (int)(Setting(setting) ?? (ulong)usual);
        // The run's own entropy; whatever it is, it is printed and can be set.
        var first = Setting("WAGRAINS_SEED") ?? FreshBase + ((ulong)Guid.NewGuid().GetHashCode() << 8);
        output.WriteLine(FormattableString.Invariant($"WAGRAINS_SEED={first} {setting}={count}"));
        return [.. Enumerable.Range(0, count).Select(i => plan(first + (ulong)i))];
    }

    private static void Judge(List<SimPlan> plans)
    {
        var failures = SeedRun.Many(plans);
        Assert.True(
            failures.Count == 0, $"{failures.Count} of {plans.Count} seeds failed\n{string.Join("\n\n", failures)}");
    }

    private static ulong? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
