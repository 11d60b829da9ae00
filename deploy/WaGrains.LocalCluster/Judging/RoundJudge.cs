using WaGrains.LocalCluster.Faults;

namespace WaGrains.LocalCluster.Judging;

/// <summary>Judges what went on since it was last asked, while the load goes on: every message that was acknowledged in
/// that time must be in the archive now, because its commit came first.</summary>
internal sealed class RoundJudge(Rig rig)
{
    private SandboxCounts? _before;
    private Refusals _refusedBefore = new(new Dictionary<int, long>());

    /// <summary>From here on.</summary>
    public async Task Begin(CancellationToken cancel)
    {
        _before ??= await rig.Sandbox.Counts(cancel);
        _refusedBefore = rig.Ledger.Refused;
    }

    /// <summary>What can be said now; nothing is sampled.</summary>
    public async Task<FaultOutcome> Judge(CancellationToken cancel)
    {
        var acknowledged = rig.Ledger.TakeAcknowledged();
        IReadOnlyDictionary<UInt128, int> archive = acknowledged.Messages.Count == 0
            ? new Dictionary<UInt128, int>()
            : await (await rig.Archive(cancel)).Inbound(acknowledged.Oldest - TimeSpan.FromSeconds(1), cancel);
        var lost = acknowledged.Messages.Count(message => !archive.ContainsKey(message));
        var twice = archive.Values.Count(times => times > 1);
        var counts = await rig.Sandbox.Counts(cancel);
        var before = _before ?? counts;
        var (doubled, broken) = (counts.SentTwice - before.SentTwice, counts.RulesBroken - before.RulesBroken);
        var refused = rig.Ledger.Refused.Since(_refusedBefore);
        _before = counts;
        return new FaultOutcome(
            $"acknowledged {acknowledged.Messages.Count}, of these archived {acknowledged.Messages.Count - lost}", [])
            .And($"lost {lost}", lost > 0)
            .And($"archived twice {twice}", twice > 0)
            .And($"sent {counts.Accepted - before.Accepted}", isViolation: false)
            .And($"sent twice {doubled}", doubled > 0)
            .And(broken == 0 ? "rules broken 0" : $"rules broken {broken} ({counts.Broken} in all)", broken > 0)
            .And($"webhooks refused {refused}", isViolation: false)
            .With("acknowledged", acknowledged.Messages.Count)
            .With("archived", acknowledged.Messages.Count - lost)
            .With("lost", lost)
            .With("archived_twice", twice)
            .With("sent", counts.Accepted - before.Accepted)
            .With("sent_twice", doubled)
            .With("rules_broken", broken)
            .With("webhooks_refused", refused.Count);
    }
}
