using System.Globalization;
using System.Text.Json;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;

namespace WaGrains.Load.Report;

/// <summary>What a mode found out, as it stands in the results file beside the runs it was found in.</summary>
internal sealed record Summary
{
    /// <summary>The mode.</summary>
    public required string Kind { get; init; }

    /// <summary>The caller's word.</summary>
    public required string Label { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Commit of the working tree.</summary>
    public required string? Commit { get; init; }

    /// <summary>Where.</summary>
    public required Machine Machine { get; init; }

    /// <summary>How, without secrets.</summary>
    public required string CommandLine { get; init; }

    /// <summary>What came out, in the order of the telling.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>Tells and keeps it.</summary>
    /// <returns>Whether every bar is met.</returns>
    public static async Task<bool> Publish(
        LoadOptions options, string kind, IReadOnlyList<Figure> figures, CancellationToken stop)
    {
        var summary = new Summary
        {
            Kind = kind,
            Label = options.Label,
            Date = TimeProvider.System.GetUtcNow(),
            Commit = await Machine.Commit(stop),
            Machine = Machine.Read(),
            CommandLine = options.CommandLine,
            Figures = figures,
        };
        Console.WriteLine($"== {kind} {options.Label}".TrimEnd());
        foreach (var figure in figures)
        {
            Console.WriteLine($"  {figure}");
        }

        RunLog.Append(options.Json, JsonSerializer.Serialize(summary, ResultsJson.Default.Summary));
        return figures.All(figure => figure.IsMet != false);
    }
}

/// <summary>One figure, with its bar where it has one.</summary>
/// <param name="Name">What it is, snake_case, the unit last.</param>
/// <param name="Value">The figure; of several runs their median.</param>
/// <param name="Least">Smallest of the runs; null of a single one.</param>
/// <param name="Most">Largest.</param>
/// <param name="Bar">What it must not exceed, or, if <paramref name="IsFloor"/>, must reach.</param>
/// <param name="IsFloor">Which of the two the bar is.</param>
internal sealed record Figure(
    string Name, double Value, double? Least = null, double? Most = null, double? Bar = null, bool IsFloor = false)
{
    /// <summary>Whether the bar is met; null where there is none.</summary>
    public bool? IsMet => Bar is not { } bar ? null : IsFloor ? Value >= bar : Value <= bar;

    /// <summary>The median of several, with their spread; of none it is infinite, so that no bar is met.</summary>
    public static Figure Of(string name, IEnumerable<double> values, double? bar = null)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
        {
            return new Figure(name, double.MaxValue, null, null, bar);
        }

        var (lower, upper) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        return new Figure(name, Round((lower + upper) / 2), Round(sorted[0]), Round(sorted[^1]), bar);
    }

    /// <summary>A single figure.</summary>
    public static Figure One(string name, double value, double? bar = null, bool isFloor = false) =>
        new(name, Round(value), null, null, bar, isFloor);

    /// <inheritdoc/>
    public override string ToString()
    {
        var spread = Least is { } least && Most is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"  ({least:0.###} to {most:0.###})")
            : "";
        var bar = Bar is { } limit
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"   bar {(IsFloor ? ">=" : "<=")} {limit:0.###}: {(IsMet == true ? "met" : "MISSED")}")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Name,-52}{Value,12:0.###}{spread}{bar}");
    }

    private static double Round(double value) => Math.Round(value, 4);
}
