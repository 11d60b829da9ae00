using System.Text.Json.Nodes;
using WaGrains.LocalCluster.Judging;

namespace WaGrains.LocalCluster.Faults;

/// <summary>How the cluster got over a fault.</summary>
/// <param name="Story">What was seen, for the line of the round.</param>
/// <param name="Violations">What may not be, one sentence each.</param>
internal sealed record FaultOutcome(string Story, IReadOnlyList<string> Violations)
{
    /// <summary>The figures in it, by name, for whoever compares runs.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Facts { get; init; } = [];

    /// <summary>Judges the time until all numbers served against its bar.</summary>
    public static FaultOutcome Of(string story, TimeSpan? served, TimeSpan bar)
    {
        var outcome = served is { } slowest
            ? new FaultOutcome(
                $"{story}: all numbers serve after {slowest.TotalSeconds:0.0} s (bar {bar.TotalSeconds:0} s)",
                slowest > bar ? [$"all numbers served only after {slowest.TotalSeconds:0.0} s"] : [])
            : new FaultOutcome($"{story}: not all numbers serve", ["some numbers did not serve again in time"]);
        return outcome.With("all_served_after_s", Seconds(served));
    }

    /// <summary>This, and one more thing that was seen.</summary>
    public FaultOutcome And(string seen, bool isViolation) => this with
    {
        Story = $"{Story}; {seen}",
        Violations = isViolation ? [.. Violations, seen] : Violations,
    };

    /// <summary>This, and what came after it.</summary>
    public FaultOutcome Then(FaultOutcome next) => new($"{Story}; {next.Story}", [.. Violations, .. next.Violations])
    {
        Facts = [.. Facts, .. next.Facts],
    };

    /// <summary>This, and one more figure.</summary>
    public FaultOutcome With(string name, JsonNode? figure) =>
        this with { Facts = [.. Facts, KeyValuePair.Create(name, figure)] };

    /// <summary>This, and how gaps spread over the numbers, in seconds.</summary>
    public FaultOutcome With(string name, GapSpread gaps) => With(name, new JsonObject
    {
        ["p50"] = Seconds(gaps.At(0.5)),
        ["p90"] = Seconds(gaps.At(0.9)),
        ["p99"] = Seconds(gaps.At(0.99)),
        ["max"] = Seconds(gaps.At(1)),
        ["numbers"] = gaps.Sorted.Count,
    });

    private static JsonNode? Seconds(TimeSpan? time) => time is { } known ? Math.Round(known.TotalSeconds, 3) : null;
}
