using System.Globalization;
using System.Text.Json;
using WaGrains.LocalCluster.Faults;
using WaGrains.LocalCluster.Judging;

namespace WaGrains.LocalCluster.Sends;

/// <summary>How far a run's sends have come, by the sandbox and by the API.</summary>
internal sealed class SendProgress(SendRun run)
{
    /// <summary>Asking more often would be a load of its own.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(60);

    private readonly long _began = TimeProvider.System.GetTimestamp();

    // At twice the time it should take something is wrong; what is in doubt takes its own time.
    private TimeSpan Patience =>
        (2 * TimeSpan.FromSeconds((double)run.Options.Recipients / run.Options.PerSecond)) + Slack;

    // Whose conversation an agent holds gets no answer from the bot any more.
    private long Patient => run.Options.Chats > 0 ? long.MaxValue : 0;

    /// <summary>Waits until the sandbox has taken templates to so many people.</summary>
    public async Task<FaultOutcome> UntilTaken(int people, CancellationToken cancel)
    {
        var taken = 0;
        var isReached = await Until.True(
            async token => (taken = (await run.Rig.Sandbox.Counts(token)).TemplatePeople) >= people, Patience, cancel);
        var after = TimeProvider.System.GetElapsedTime(_began).TotalSeconds;
        return new FaultOutcome(
            string.Create(CultureInfo.InvariantCulture, $"{taken} written to after {after:0.0} s"),
            isReached ? [] : [$"only {taken} of {people} were written to in time"]);
    }

    /// <summary>Waits until the bulk send says that nothing of it is left to do.</summary>
    public async Task<FaultOutcome> UntilEnded(string send, CancellationToken cancel)
    {
        var status = "";
        var isEnded = await Until.True(
            async token => (status = (await Told(run.Owner, send, token)).Status) == "ended",
            Patience, cancel, BetweenLooks);
        var after = TimeProvider.System.GetElapsedTime(_began).TotalSeconds;
        var people = (await run.Rig.Sandbox.Counts(cancel)).TemplatePeople;
        return new FaultOutcome(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{status} after {after:0} s: {people} written to, {people / after:0}/s"),
            isEnded ? [] : ["the send did not end in time"]).With("ended_after_s", Math.Round(after, 1));
    }

    /// <summary>Lets customers fall silent, and waits until every webhook has been acknowledged.</summary>
    public async Task<FaultOutcome> UntilRest(CancellationToken cancel)
    {
        await run.Rig.Sandbox.StopWriting(cancel);
        SandboxCounts? counts = null;
        var rests = await Until.True(
            async token => (counts = await run.Rig.Sandbox.Counts(token)) is { Pending: 0, Planned: 0 } now
                && now.Unanswered <= Patient,
            RestWithin, cancel);
        return new FaultOutcome(
            $"customers wrote {counts?.Written}, unanswered {counts?.Unanswered}, "
            + $"webhooks refused and repeated {run.Rig.Ledger.Refused}",
            rests ? [] : [$"not at rest: {counts?.Pending} webhooks pending, {counts?.Planned} statuses planned, "
                + $"{counts?.Unanswered} customers without an answer"]);
    }

    /// <summary>The rules that the sandbox keeps watch over.</summary>
    public async Task<FaultOutcome> Judge(CancellationToken cancel)
    {
        var counts = await run.Rig.Sandbox.Counts(cancel);
        var refused = counts.Refused.Length == 0 ? "none" : counts.Refused;
        return new FaultOutcome($"took {counts.Accepted}, refused {refused}", [])
            .And($"sent twice {counts.SentTwice}", counts.SentTwice > 0)
            .And($"beyond the messaging limit {counts.BeyondLimit}", counts.BeyondLimit > 0)
            .And(
                counts.RulesBroken == 0 ? "rules broken 0" : $"rules broken {counts.RulesBroken} ({counts.Broken})",
                counts.RulesBroken > 0)
            .And($"forgotten {counts.Forgotten}", counts.Forgotten > 0)
            .With("sent", counts.Accepted)
            .With("sent_twice", counts.SentTwice)
            .With("rules_broken", counts.RulesBroken);
    }

    /// <summary>What the send says of itself: its status, and how many recipients its counts account for.</summary>
    public static async Task<(string Status, int Sum)> Told(OwnerApi owner, string send, CancellationToken cancel)
    {
        var told = await owner.Get($"/v1/sends/{send}", cancel);
        return (
            told.GetProperty("send").GetProperty("status").GetString()!,
            told.GetProperty("pending").GetInt32() + Sum("refused") + Sum("dropped") + Sum("messages"));

        int Sum(string name) => told.GetProperty(name).EnumerateObject().Sum(each => each.Value.GetInt32());
    }
}
