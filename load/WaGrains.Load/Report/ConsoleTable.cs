using System.Globalization;
using System.Text;
using WaGrains.Load.Measures;

namespace WaGrains.Load.Report;

/// <summary>A run as a person reads it.</summary>
internal static class ConsoleTable
{
    /// <summary>A few lines of text.</summary>
    public static string Of(RunRecord run)
    {
        var text = new StringBuilder();
        var (e, l, c) = (run.Exchanges, run.Latency, run.Cost);
        var stopped = run.Stopped ? ", stopped" : "";
        Line(text, $"{run.Kind} {run.Rate:0.#}/s for {run.Seconds:0.#} s, seed {run.Seed}{stopped}");
        Line(text, $"  exchanges   {e.PerSecond:0.0}/s in the window; {e.Started} started, {e.Completed} completed, "
            + $"{e.LeftBehind} left behind, {e.Unmatched} unmatched, {e.Doubled} doubled");
        Line(text, $"  ms                 count       p50       p90       p99     p99.9       max");
        Row(text, "acknowledged", l.Acknowledgement);
        Row(text, "reply", l.Reply);
        Row(text, "status", l.Status);
        Row(text, "answer", l.Answer);
        Row(text, "generator", l.GeneratorWait);
        Line(text, $"  CPU us per exchange   host {Known(c.HostCpuUsPerExchange)}   "
            + $"load tool {Known(c.LoadCpuUsPerExchange)}   database {Known(c.DatabaseCpuUsPerExchange)}");
        Line(text, $"  host per exchange     {Known(c.AllocatedBytesPerExchange)} B allocated; collections per 1,000: "
            + $"gen0 {Known(c.Gen0PerThousand)} gen1 {Known(c.Gen1PerThousand)} gen2 {Known(c.Gen2PerThousand)}; "
            + $"pauses {Known(c.GcPauseMs)} ms");
        Line(text, $"  host RSS              {Mb(c.HostRssStartBytes)} MB -> {Mb(c.HostRssEndBytes)} MB");
        if (run.Idle is { } idle)
        {
            Line(text, $"  idle                  {idle.Conversations} conversations; "
                + $"each {Known(idle.HeapBytesEach)} B heap, "
                + $"{Known(idle.RssBytesEach)} B resident; {Known(idle.FullCollections)} full collections between");
        }

        foreach (var (kind, count) in run.Errors)
        {
            Line(text, $"  ! {kind}: {count}");
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, Percentiles? p)
    {
        if (p is not null)
        {
            FormattableString figures = $"{p.P50,10:0.00}{p.P90,10:0.00}{p.P99,10:0.00}{p.P999,10:0.00}{p.Max,10:0.00}";
            Line(text, $"  {name,-14}{p.Count,10}{figures}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string line) => text.AppendLine(line);

    private static string Known(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Mb(long? bytes) =>
        bytes is { } known ? (known / 1e6).ToString("0.0", CultureInfo.InvariantCulture) : "unknown";
}
