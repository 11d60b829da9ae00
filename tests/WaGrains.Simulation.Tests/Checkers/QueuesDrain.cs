using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Liveness: once faults have ended and everything has had its time, nothing waits that could move.</summary>
internal sealed class QueuesDrain(SimWorld world) : Checker(world)
{
    /// <summary>Ten minutes of healthy intake, a minute between two looks at it, and one for its rows to be read
    /// again.</summary>
    private static readonly TimeSpan DoubtEndsAfter = TimeSpan.FromMinutes(12);

    public override void Drained(MemorySnapshot rows)
    {
        foreach (var row in rows.Queue)
        {
            // A doubt ends in ten minutes of flowing webhooks; at a number nobody writes to, that clock stands (MUST
            // W1).
            Expect(
                IsInDoubt(row), $"{row.Tenant} {row.Number} {row.Message}", "an empty queue",
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
                    agent.Teams.Contains(team)
                    && load.GetValueOrDefault((state.Tenant, agent.Id)) < agent.Capacity).ToList();
                Expect(
                    idle.Count == 0, $"{state.Owner}",
                    $"an agent of {team}, for {idle.FirstOrDefault()?.Id} has room", "waiting");
            }
        }

        foreach (var tenant in World.Tenants)
        {
            var report = tenant.Sandbox.Report(World.Clock.Now).Webhooks;
            Expect(
                report.Pending + report.UpdatesWaiting <= 3, $"{tenant.Id}", "no webhook unanswered",
                $"{report.Pending}");
        }
    }

    private bool IsInDoubt(QueueRow row)
    {
        var owner = OwnerKey.Of(row.Tenant, row.Number);
        var number = LiveStates.Quiet(World).FirstOrDefault(live => live.Owner == owner).State as NumberAtWork?;
        var healthy = World.Cluster.Home(owner)?.View.Around(row.Tenant, row.Number, World.Clock.Now).Healthy;
        return number?.Queue.Doubts.Any(doubt =>
            doubt.Message == row.Message && healthy - doubt.Healthy < DoubtEndsAfter) ?? false;
    }
}
