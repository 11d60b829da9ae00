using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Replay: what an owner has in memory, once nothing of it is outstanding, is what its rows would bring to
/// life.</summary>
internal sealed class LiveStatesMatchTheStore(SimWorld world) : Checker(world)
{
    public override void Looked(MemorySnapshot rows)
    {
        var conversations = rows.Conversations.ToDictionary(state => state.Owner);
        var numbers = rows.Numbers.ToDictionary(state => state.Owner);
        foreach (var (owner, state) in LiveStates.Quiet(World))
        {
            // One that another activation has written since is stale, and its next turn will be refused for it.
            if (state is ConversationState live && conversations.TryGetValue(owner, out var row)
                && row.Version == live.Version)
            {
                // What is settled is forgotten in memory at once and in the row with its next write.
                Compare(owner, row with { Unsettled = [] }, live with { Unsettled = [] });
            }
            else if (state is NumberAtWork work && numbers.TryGetValue(owner, out var number)
                && number.Version == work.Record.Version)
            {
                Compare(owner, Durable(number), Durable(work.Record));
            }
            else if (state is TeamAtWork team)
            {
                var stored = World.Store.Reads.Team(owner.Tenant, owner.Team, CancellationToken.None).Now()?.State;
                Compare(owner, stored ?? team.Record,
                    stored?.Version == team.Record.Version ? team.Record : stored ?? team.Record);
            }
            else if (state is AgentAtWork agent)
            {
                var stored = World.Store.Reads.Agent(owner.Tenant, owner.Agent, CancellationToken.None).Now()?.State;
                Compare(owner, stored ?? agent.Record,
                    stored?.Version == agent.Record.Version ? agent.Record : stored ?? agent.Record);
            }
        }
    }

    /// <summary>Counters of the day, and the raises of the fast loop, are written with the next attempt.</summary>
    private static PhoneNumberState Durable(PhoneNumberState state) => state with
    {
        Traffic = DayTraffic.None, Pacing = default, Throttles = 0, Day = default, WarmUp = null!,
    };

    private void Compare<T>(OwnerKey owner, T stored, T live)
    {
        var (expected, got) = (Json(stored), Json(live));
        Expect(expected == got, $"{owner}", expected, got);
    }

    private static string Json<T>(T state) => System.Text.Json.JsonSerializer.Serialize(
        state, typeof(T), Engine.Serialization.StoredJson.Default);
}
