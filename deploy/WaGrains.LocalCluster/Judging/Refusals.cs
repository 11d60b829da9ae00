using System.Globalization;

namespace WaGrains.LocalCluster.Judging;

/// <summary>How often webhooks were refused, by status.</summary>
internal sealed record Refusals(IReadOnlyDictionary<int, long> ByStatus)
{
    /// <summary>All of them.</summary>
    public long Count => ByStatus.Values.Sum();

    /// <summary>What came on top of what had been before.</summary>
    public Refusals Since(Refusals before) => new(ByStatus
        .Select(each => (each.Key, Count: each.Value - before.ByStatus.GetValueOrDefault(each.Key)))
        .Where(each => each.Count != 0)
        .ToDictionary(each => each.Key, each => each.Count));

    /// <inheritdoc/>
    public override string ToString() => Count == 0
        ? "0"
        : $"{Count} ({string.Join(", ", ByStatus.OrderBy(each => each.Key)
            .Select(each => $"{Word(each.Key)}: {each.Value}"))})";

    private static string Word(int status) => status switch
    {
        WebhookLedger.NoSilo => "no silo ready",
        0 => "given up",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
