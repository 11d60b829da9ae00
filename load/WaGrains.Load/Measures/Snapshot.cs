using System.Diagnostics;

namespace WaGrains.Load.Measures;

/// <summary>What the processes had used at one instant.</summary>
/// <param name="At">Stopwatch ticks.</param>
/// <param name="HostCpuSeconds">Hosts, user and system; null when their processes are unknown.</param>
/// <param name="DatabaseCpuSeconds">The database server with its children; null when it is unknown.</param>
/// <param name="OwnCpuSeconds">This tool, Graph stub included.</param>
/// <param name="HostRssBytes">Host's resident memory.</param>
/// <param name="Runtime">Host's runtime figures; null when /metrics does not answer.</param>
internal sealed record Snapshot(
    long At,
    double? HostCpuSeconds,
    double? DatabaseCpuSeconds,
    double OwnCpuSeconds,
    long? HostRssBytes,
    RuntimeMetrics? Runtime)
{
    /// <summary>Takes one. The scrape comes last, so that its own cost falls behind the CPU figures.</summary>
    public static async Task<Snapshot> Take(
        HttpClient http, IReadOnlyList<int> hostPids, int? databasePid, CancellationToken stop)
    {
        var at = Stopwatch.GetTimestamp();
        double? cpu = hostPids.Count == 0 ? null : 0;
        long? rss = hostPids.Count == 0 ? null : 0;
        foreach (var pid in hostPids)
        {
            cpu += HostProcess.CpuSeconds(pid);
            rss += HostProcess.RssBytes(pid);
        }

        var database = databasePid is { } server ? HostProcess.TreeCpuSeconds(server) : null;
        // The runtime's figures are of the first host alone: of several they would be half the truth.
        var runtime = hostPids.Count > 1 ? null : await Scrape(http, stop);
        return new Snapshot(at, cpu, database, HostProcess.OwnCpuSeconds(), rss, runtime);
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
