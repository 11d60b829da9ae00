using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>A message that Meta has accepted is never sent again; only a tenant who asks for it may repeat one whose
/// answer was lost (MUST W1).</summary>
internal sealed class UnknownIsNotResent(SimWorld world) : Checker(world)
{
    private readonly HashSet<(TenantId, MessageId)> _accepted = [];

    public override void Posted(GraphPost post)
    {
        if (post.Outcome.Kind != SendOutcomeKind.Accepted)
        {
            return;
        }

        var isFirst = _accepted.Add((post.Send.Number.Tenant, post.Send.Message));
        Expect(
            isFirst || World.Plan.ResendUnknown, $"{post.Send.Number.Tenant} {post.Send.Message}",
            "to be accepted once", $"attempt {post.Send.Attempt} accepted too");
    }

    public override void Drained(MemorySnapshot rows)
    {
        foreach (var tenant in World.Tenants.Where(_ => !World.Plan.ResendUnknown))
        {
            var report = tenant.Sandbox.Report(World.Clock.Now);
            Expect(report.RepeatedSends == 0, $"{tenant.Id}", "no repeated send", $"{report.RepeatedSends}");
            Expect(report.RepeatedContent == 0, $"{tenant.Id}", "no repeated content", $"{report.RepeatedContent}");
        }
    }
}
