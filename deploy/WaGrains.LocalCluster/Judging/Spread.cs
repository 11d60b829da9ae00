namespace WaGrains.LocalCluster.Judging;

/// <summary>How spans of time spread.</summary>
/// <param name="Sorted">The shortest first.</param>
internal abstract record Spread(IReadOnlyList<TimeSpan> Sorted)
{
    /// <summary>The span that this share of them does not exceed; zero where there are none.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public TimeSpan At(double share) => Sorted.Count == 0
        ? TimeSpan.Zero
        : Sorted[Math.Clamp((int)Math.Ceiling(share * Sorted.Count) - 1, 0, Sorted.Count - 1)];
}
