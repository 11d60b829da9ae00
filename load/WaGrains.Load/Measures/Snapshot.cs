using System.Diagnostics;

namespace WaGrains.Load.Measures;

/// <summary>What the processes had used at one instant.</summary>
/// <param name="At">Stopwatch ticks.</param>
/// <param name="HostCpuSeconds">Host, user and system; null when its process is unknown.</param>
/// <param name="OwnCpuSeconds">This tool, Graph stub included.</param>
/// <param name="HostRssBytes">Host's resident memory.</param>
/// <param name="Runtime">Host's runtime figures; null when /metrics does not answer.</param>
internal sealed record Snapshot(
    long At,
    double? HostCpuSeconds,
    double OwnCpuSeconds,
    long? HostRssBytes,
    RuntimeMetrics? Runtime)
{
    /// <summary>Takes one. The scrape comes last, so that its own cost falls behind the CPU figures.</summary>
    public static async Task<Snapshot> Take(HttpClient http, int? hostPid, CancellationToken stop)
    {
        var at = Stopwatch.GetTimestamp();
        var cpu = hostPid is { } pid ? HostProcess.CpuSeconds(pid) : null;
        var rss = hostPid is { } p ? HostProcess.RssBytes(p) : null;
        return new Snapshot(at, cpu, HostProcess.OwnCpuSeconds(), rss, await Scrape(http, stop));
    }

    private static async Task<RuntimeMetrics?> Scrape(HttpClient http, CancellationToken stop)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/metrics", UriKind.Relative), stop);
            return response.IsSuccessStatusCode
                ? RuntimeMetrics.Parse(await response.Content.ReadAsStringAsync(stop))
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
