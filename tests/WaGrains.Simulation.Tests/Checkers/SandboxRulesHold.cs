using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>The sandbox's own judge has nothing to say.</summary>
internal sealed class SandboxRulesHold(SimWorld world) : Checker(world)
{
    public override void Drained(MemorySnapshot rows)
    {
        foreach (var tenant in World.Tenants)
        {
            var report = tenant.Sandbox.Report(World.Clock.Now);
            var broken =
                report.RulesBroken - (World.Plan.ResendUnknown ? report.RepeatedSends + report.RepeatedContent : 0);
            Expect(broken == 0, $"{tenant.Id}", "no rule broken", $"{report with { Webhooks = null! }}");
        }
    }
}
