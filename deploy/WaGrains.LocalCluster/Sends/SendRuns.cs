using WaGrains.LocalCluster.Faults;

namespace WaGrains.LocalCluster.Sends;

/// <summary>Sends through a cluster while it is hurt, and lets the sandbox judge.</summary>
internal sealed class SendRuns(Rig rig, RigOptions options, TextWriter output)
{
    /// <summary>True where nothing was violated.</summary>
    public async Task<bool> Execute(CancellationToken cancel)
    {
        var send = options.Send!;
        var steps = new SendSteps(output, new ResultLines(options.Json, options, TimeProvider.System));
        var owner = new OwnerApi(rig.ProxyUrl, await rig.OwnerKey(cancel), rig.Http);
        var run = new SendRun(rig, send, owner, steps);
        await (send.Kind switch
        {
            SendKind.Bulk => new BulkRun(run).Execute(cancel),
            SendKind.Portfolio => new PortfolioRun(run).Execute(cancel),
            SendKind.Silence => new SilenceRun(run).Execute(cancel),
        });
        var violations = steps.Violations;
        await steps.Tell(
            "summary",
            new FaultOutcome(
                $"{options.Silos} silos, {options.Numbers} numbers: "
                + (violations.Count == 0 ? "no violation" : $"{violations.Count} violations")
                + $" (seed {options.Seed})",
                []),
            cancel);
        return violations.Count == 0;
    }
}

/// <summary>What every run of sends has to hand.</summary>
/// <param name="Rig">The cluster, its bot answering.</param>
/// <param name="Options">What is asked for.</param>
/// <param name="Owner">The tenant's owner at the API.</param>
/// <param name="Steps">Where results go.</param>
internal sealed record SendRun(Rig Rig, SendOptions Options, OwnerApi Owner, SendSteps Steps);
