using System.Text.Json.Nodes;

namespace WaGrains.LocalCluster.Faults;

/// <summary>The steps of a run as JSON, one object a line, appended to a file.</summary>
/// <param name="file">The file; null writes nothing.</param>
/// <param name="options">Told in every line, so that one line is enough to repeat its run.</param>
/// <param name="clock">When a step was over.</param>
internal sealed class ResultLines(string? file, RigOptions options, TimeProvider clock)
{
    /// <summary>Appends one step.</summary>
    public async Task Write(string step, FaultOutcome outcome, CancellationToken cancel)
    {
        if (file is null)
        {
            return;
        }

        var line = new JsonObject
        {
            ["tool"] = "tests/faults",
            ["at"] = clock.GetUtcNow().ToString("O"),
            ["seed"] = options.Seed,
            ["silos"] = options.Silos,
            ["numbers"] = options.Numbers,
            ["exchanges_per_second"] = options.ExchangesPerSecond,
            ["step"] = step,
        };
        foreach (var (name, figure) in outcome.Facts)
        {
            line[name] = figure?.DeepClone();
        }

        line["violations"] = new JsonArray([.. outcome.Violations.Select(each => JsonValue.Create(each))]);
        line["story"] = outcome.Story;
        await File.AppendAllTextAsync(file, line.ToJsonString() + "\n", cancel);
    }
}
