using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>The sandbox, which counts whom a portfolio has written to outside a window in 24 hours, never has to refuse
/// one too many.</summary>
internal sealed class PortfoliosKeepTheirLimit(SimWorld world) : Checker(world)
{
    public override void Posted(GraphPost post)
    {
        if (World.Plan.MessagingLimit > 0)
        {
            Judge();
        }
    }

    public override void Drained(MemorySnapshot rows) => Judge();

    private void Judge()
    {
        foreach (var tenant in World.Tenants)
        {
            foreach (var (id, counts) in tenant.Sandbox.Report(World.Clock.Now).Portfolios)
            {
                Expect(
                    counts.Refused == 0 && (counts.Limit == 0 || counts.Peak <= counts.Limit), $"{tenant.Id} {id}",
                    $"at most {counts.Limit} people and nobody refused", $"{counts.Peak} and {counts.Refused}");
            }
        }
    }
}
