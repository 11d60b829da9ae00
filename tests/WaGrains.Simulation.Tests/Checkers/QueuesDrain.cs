using WaGrains.Domain.Conversations;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Liveness: once faults have ended and everything has had its time, nothing waits that could move.</summary>
internal sealed class QueuesDrain(SimWorld world) : Checker(world)
{
    public override void Drained(MemorySnapshot rows)
    {
        foreach (var row in rows.Queue)
        {
            Expect(false, $"{row.Tenant} {row.Number} {row.Message}", "an empty queue",
                $"{row.Phase} at {row.Attempt}");
        }

        var load = rows.Conversations.Where(row => row.Holder is not null)
            .GroupBy(row => (row.Tenant, row.Holder!.Value)).ToDictionary(group => group.Key, group => group.Count());
        foreach (var state in rows.Conversations)
        {
            Expect(state.Asked is null, $"{state.Owner}", "nobody asked by name", $"{state.Asked}");
            if (state is { Phase: ConversationPhase.Waiting, Team: { } team })
            {
                var idle = World.Tenants.Single(tenant => tenant.Id == state.Tenant).Agents.Where(agent =>
                    agent.Teams.Contains(team) && load.GetValueOrDefault((state.Tenant, agent.Id)) < agent.Capacity)
                        .ToList();
                Expect(idle.Count == 0, $"{state.Owner}",
                    $"an agent of {team}, for {idle.FirstOrDefault()?.Id} has room", "waiting");
            }
        }

        foreach (var tenant in World.Tenants)
        {
            var report = tenant.Sandbox.Report(World.Clock.Now).Webhooks;
            Expect(report.Pending + report.UpdatesWaiting <= 3, $"{tenant.Id}", "no webhook unanswered",
                $"{report.Pending}");
        }
    }
}
