using System.Globalization;

namespace WaGrains.Load.Measures;

/// <summary>
/// The host's .NET runtime figures out of its /metrics (Prometheus text). Names: the runtime's own meter
/// System.Runtime, which OpenTelemetry.Instrumentation.Runtime 1.20.1 exports on .NET 9 and later; units and
/// <c>_total</c> are appended by the exporter.
/// </summary>
/// <param name="AllocatedBytes">Allocated since start.</param>
/// <param name="Gen0">Collections of generation 0 since start.</param>
/// <param name="Gen1">Of generation 1.</param>
/// <param name="Gen2">Of generation 2.</param>
/// <param name="PauseSeconds">Time all threads stood still for collections since start.</param>
/// <param name="HeapBytes">Managed heap after the last collection, fragments included.</param>
internal sealed record RuntimeMetrics(
    double? AllocatedBytes,
    double? Gen0,
    double? Gen1,
    double? Gen2,
    double? PauseSeconds,
    double? HeapBytes)
{
    /// <summary>Reads the text; figures that are not in it are null.</summary>
    public static RuntimeMetrics Parse(string text)
    {
        var lines = text.Split('\n');
        return new RuntimeMetrics(
            Sum(lines, "dotnet_gc_heap_total_allocated", ""),
            Sum(lines, "dotnet_gc_collections", "gen0"),
            Sum(lines, "dotnet_gc_collections", "gen1"),
            Sum(lines, "dotnet_gc_collections", "gen2"),
            Sum(lines, "dotnet_gc_pause_time", ""),
            Sum(lines, "dotnet_gc_last_collection_heap_size", ""));
    }

    private static double? Sum(string[] lines, string name, string label)
    {
        double? sum = null;
        foreach (var line in lines)
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)
                && ValueOf(line) is { } value)
            {
                sum = (sum ?? 0) + value;
            }
        }

        return sum;
    }

    // name{labels} value [timestamp]; label values of these families hold no braces.
    private static double? ValueOf(string line)
    {
        var labelsEnd = line.LastIndexOf('}');
        var rest = labelsEnd < 0 ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : line[(labelsEnd + 1)..];
        var word = rest.Trim().Split(' ')[0];
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
