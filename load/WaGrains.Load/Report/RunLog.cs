using System.Text.Json;

namespace WaGrains.Load.Report;

/// <summary>The results file: one line of JSON per run, only ever appended to.</summary>
internal static class RunLog
{
    /// <summary>Appends a run; folders are made as needed.</summary>
    public static void Append(string file, RunRecord run) =>
        Append(file, JsonSerializer.Serialize(run, ResultsJson.Default.RunRecord));

    /// <summary>Appends a line.</summary>
    public static void Append(string file, string json)
    {
        var path = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, json + "\n");
    }
}
