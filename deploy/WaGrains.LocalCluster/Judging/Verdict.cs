namespace WaGrains.LocalCluster.Judging;

/// <summary>What a run may not show, judged from three sides that share no code with each other: proxy, archive,
/// sandbox.</summary>
internal static class Verdict
{
    /// <summary>Every violation, one sentence each; empty for a clean run.</summary>
    /// <param name="passed">The ledger's messages.</param>
    /// <param name="archive">How often the archive holds each inbound message, by the print of Meta's id.</param>
    /// <param name="counts">The sandbox's counts once everything had come to rest.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyDictionary<UInt128, bool> passed, IReadOnlyDictionary<UInt128, int> archive, SandboxCounts counts)
    {
        var violations = new List<string>();
        Add("acknowledged and not archived", passed.Count(each => each.Value && !archive.ContainsKey(each.Key)));
        Add("never acknowledged", passed.Count(each => !each.Value));
        Add("archived more than once", archive.Count(each => each.Value > 1));
        Add("archived and never delivered", archive.Keys.Count(wamid => !passed.ContainsKey(wamid)));
        Add($"rules broken at the sandbox ({counts.Broken})", counts.RulesBroken);
        Add("messages of customers unacknowledged at the sandbox", counts.Written - counts.Acknowledged);
        Add("webhooks still unacknowledged", counts.Pending);
        Add("sends and pairs the sandbox has forgotten, so that repeats go unseen", counts.Forgotten);
        return violations;

        void Add(string what, long count)
        {
            if (count != 0)
            {
                violations.Add($"{what}: {count}");
            }
        }
    }
}
