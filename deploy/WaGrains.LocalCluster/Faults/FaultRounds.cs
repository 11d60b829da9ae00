using WaGrains.LocalCluster.Judging;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>Hurts a cluster under load round after round, then lets everything come to rest and judges the whole.
/// </summary>
internal sealed class FaultRounds(Rig rig, RigOptions options, TextWriter output)
{
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(4);

    private readonly LoadGauge _gauge = new(rig, TimeProvider.System);
    private readonly RoundJudge _judge = new(rig);
    private readonly ResultLines _lines = new(options.Json, options, TimeProvider.System);

    /// <summary>Every kind, in the order in which rounds take them.</summary>
    public static IReadOnlyList<IFault> Kinds { get; } =
        [new KillFault(), new FreezeFault(), new DatabaseFault(), new CutFault(), new RollingFault()];

    /// <summary>Runs all rounds; true where nothing was violated.</summary>
    public async Task<bool> Execute(CancellationToken cancel)
    {
        var violations = new List<string>();
        var chance = new Random(options.Seed);
        var kinds = Kinds.Where(kind => options.Only is null || kind.Name == options.Only)
            .Where(kind => kind is not CutFault || options.OwnNetwork)
            .ToList();
        if (options.OwnNetwork)
        {
            await CutFault.MakeRoom(cancel);
        }

        for (var round = 1; round <= options.Rounds; round++)
        {
            var pause = TimeSpan.FromSeconds(3 + (3 * chance.NextDouble()));
            var victim = rig.Seats[chance.Next(rig.Seats.Count)];
            var fault = kinds[(round - 1) % kinds.Count];
            violations.AddRange(await Told(
                $"round {round} {fault.Name}", () => Round(fault, victim, pause, cancel), cancel));
        }

        violations.AddRange(await Told("judge", () => Judge(cancel), cancel));
        var summary = new FaultOutcome(
            violations.Count == 0
                ? $"{options.Rounds} rounds, no violation (seed {options.Seed})"
                : $"{options.Rounds} rounds, {violations.Count} violations (seed {options.Seed})",
            violations);
        await output.WriteLineAsync(summary.Story);
        await _lines.Write("summary", summary.With("rounds", options.Rounds), cancel);
        foreach (var violation in violations)
        {
            await output.WriteLineAsync($"  {violation}");
        }

        return violations.Count == 0;
    }

    /// <summary>Prints the line of one step. A cluster that does not come back, or does not answer, is a violation like
    /// any other: what follows is still worth seeing.</summary>
    private async Task<IEnumerable<string>> Told(
        string step, Func<Task<FaultOutcome>> take, CancellationToken cancel)
    {
        FaultOutcome outcome;
        try
        {
            outcome = await take();
        }
        catch (Exception broken) when (broken is RigException or HttpRequestException or IOException)
        {
            outcome = new FaultOutcome("broken off", [broken.Message]);
        }

        await output.WriteLineAsync($"{step}: {outcome.Story}");
        await _lines.Write(step, outcome, cancel);
        return outcome.Violations.Select(violation => $"{step}: {violation}");
    }

    private async Task<FaultOutcome> Round(
        IFault fault, SiloSeat victim, TimeSpan pause, CancellationToken cancel)
    {
        var before = await Before(pause, cancel);
        await _judge.Begin(cancel);
        var struck = TimeProvider.System.GetTimestamp();
        var outcome = before is null
            ? await fault.Strike(rig, victim, cancel)
            : before.Then(await fault.Strike(rig, victim, cancel));
        await rig.AllReady(cancel);
        if (rig.Traffic.IsSteady)
        {
            var isCarried = await _gauge.UntilCarried(cancel) is not null;
            var after = TimeProvider.System.GetElapsedTime(struck);
            outcome = outcome
                .And(
                    isCarried
                        ? $"load carried again {after.TotalSeconds:0} s after the fault began"
                        : "load not carried again in time",
                    isViolation: false)
                .With("carried_again_after_s", isCarried ? Math.Round(after.TotalSeconds, 1) : null);
        }

        return outcome.Then(await _judge.Judge(cancel));
    }

    // Under a steady load the pause is used to see what the cluster carries when nothing is wrong.
    private async Task<FaultOutcome?> Before(TimeSpan pause, CancellationToken cancel)
    {
        if (!rig.Traffic.IsSteady)
        {
            await Task.Delay(pause, TimeProvider.System, cancel);
            return null;
        }

        var isCarried = await _gauge.UntilCarried(cancel) is not null;
        var measured = await _gauge.Measure(pause + Longer, cancel);
        return isCarried ? measured : measured.And("a backlog was still being worked off", isViolation: false);
    }

    private async Task<FaultOutcome> Judge(CancellationToken cancel)
    {
        await rig.Sandbox.StopWriting(cancel);
        await Until.True(
            async token => await rig.Sandbox.Counts(token) is { Pending: 0, Planned: 0, Unanswered: 0 },
            RestWithin, cancel);

        // Agents may still be answering what piled up; then there is a moment at least in which nothing is pending.
        var counts = await rig.Sandbox.Counts(cancel);
        await Until.True(
            async token => (counts = await rig.Sandbox.Counts(token)) is { Pending: 0 }, RestWithin, cancel);
        var archive = await (await rig.Archive(cancel)).Inbound(null, cancel);
        var passed = rig.Ledger.Messages;
        var outcome = new FaultOutcome(
            $"customers wrote {counts.Written}, acknowledged {counts.Acknowledged}, unanswered {counts.Unanswered}; "
            + $"passed the proxy {passed.Count}, archived {archive.Count}; sent {counts.Accepted}, twice "
            + $"{counts.SentTwice}, rules broken {counts.RulesBroken}; webhooks refused and repeated "
            + $"{rig.Ledger.Refused}",
            Verdict.Of(passed, archive, counts))
            .With("written", counts.Written)
            .With("acknowledged", passed.Values.Count(isAcknowledged => isAcknowledged))
            .With("archived", archive.Count)
            .With("unanswered", counts.Unanswered)
            .With("sent", counts.Accepted)
            .With("sent_twice", counts.SentTwice)
            .With("rules_broken", counts.RulesBroken)
            .With("webhooks_refused", rig.Ledger.Refused.Count);
        var unjudged = rig.Ledger.Unjudged;
        return unjudged == 0 ? outcome : outcome.And($"beyond what the ledger holds {unjudged}", isViolation: true);
    }
}
