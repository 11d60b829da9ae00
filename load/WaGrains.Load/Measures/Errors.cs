using System.Collections.Concurrent;

namespace WaGrains.Load.Measures;

/// <summary>Counts of what went wrong, by a short stable key such as <c>webhook 503 unavailable</c>.</summary>
internal sealed class Errors
{
    private const int KindsMax = 100;
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Adds one; kinds beyond the first hundred are counted together.</summary>
    public void Count(string kind) =>
        _counts.AddOrUpdate(_counts.Count < KindsMax || _counts.ContainsKey(kind) ? kind : "other", 1, (_, n) => n + 1);

    /// <summary>All counts, by kind.</summary>
    public SortedDictionary<string, long> Read() => new(_counts, StringComparer.Ordinal);
}
