using WaGrains.LocalCluster.Judging;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>Hurts a cluster under load round after round, then lets everything come to rest and judges the whole.
/// </summary>
internal sealed class FaultRounds(Rig rig, RigOptions options, TextWriter output)
{
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(60);

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
            await Task.Delay(TimeSpan.FromSeconds(3 + (3 * chance.NextDouble())), TimeProvider.System, cancel);
            var victim = rig.Seats[chance.Next(rig.Seats.Count)];
            var fault = kinds[(round - 1) % kinds.Count];
            violations.AddRange(await Told($"round {round} {fault.Name}", () => Strike(fault, victim, cancel)));
        }

        violations.AddRange(await Told("judge", () => Judge(cancel)));
        await output.WriteLineAsync(violations.Count == 0
            ? $"{options.Rounds} rounds, no violation (seed {options.Seed})"
            : $"{options.Rounds} rounds, {violations.Count} violations (seed {options.Seed})");
        foreach (var violation in violations)
        {
            await output.WriteLineAsync($"  {violation}");
        }

        return violations.Count == 0;
    }

    /// <summary>Prints the line of one step. A cluster that does not come back, or does not answer, is a violation like
    /// any other: what follows is still worth seeing.</summary>
    private async Task<IEnumerable<string>> Told(string step, Func<Task<FaultOutcome>> take)
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
        return outcome.Violations.Select(violation => $"{step}: {violation}");
    }

    private async Task<FaultOutcome> Strike(IFault fault, SiloSeat victim, CancellationToken cancel)
    {
        var outcome = await fault.Strike(rig, victim, cancel);
        await rig.AllReady(cancel);
        var counts = await rig.Sandbox.Counts(cancel);
        return outcome.And(
            $"sent {counts.Accepted}, rules broken {counts.RulesBroken}, sent twice {counts.SentTwice}",
            isViolation: false);
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
        var archive = await (await rig.Archive(cancel)).Inbound(cancel);
        var passed = rig.Ledger.Messages;
        return new FaultOutcome(
            $"customers wrote {counts.Written}, acknowledged {counts.Acknowledged}, unanswered {counts.Unanswered}; "
            + $"passed the proxy {passed.Count}, archived {archive.Count}; sent {counts.Accepted}, twice "
            + $"{counts.SentTwice}, rules broken {counts.RulesBroken}; webhooks refused and repeated "
            + $"{rig.Ledger.Refused}",
            Verdict.Of(passed, archive, counts));
    }
}
