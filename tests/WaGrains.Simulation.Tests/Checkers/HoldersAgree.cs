using WaGrains.Domain.Conversations;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>
/// A held conversation has exactly one holder and no other has one. Once all is quiet no offer is left open, and what
/// every live agent believes to hold is what the conversations' rows say; one whose row another life has written since
/// is not asked, for its next write is refused and it reads its rows again (MUST S1).
/// </summary>
internal sealed class HoldersAgree(SimWorld world) : Checker(world)
{
    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var written in turns.SelectMany(turn => turn.Changes).OfType<ConversationWritten>())
        {
            var state = written.State;
            Expect(
                state.Phase == ConversationPhase.Held == state.Holder is not null, $"{state.Owner}",
                "a holder exactly while held", $"{state.Phase}, {state.Holder}");
        }
    }

    public override void Drained(MemorySnapshot rows)
    {
        foreach (var offer in rows.Offers)
        {
            Expect(false, $"{offer.Tenant} {offer.Agent}", "no open offer", $"{offer.Conversation} at {offer.Offer}");
        }

        // A release whose hint is lost for good is noticed when somebody waits in one of the agent's teams, and not
        // before.
        foreach (var (owner, agent) in World.Plan.HintLost > 0 ? [] : LiveStates.Agents(World))
        {
            var stored = World.Store.Reads.Agent(owner.Tenant, owner.Agent, CancellationToken.None).Now();
            if (stored?.State.Version > agent.Record.Version)
            {
                continue;
            }

            var hands = agent.Hands;
            var held = rows.Conversations
                .Where(row => row.Tenant == owner.Tenant && row.Holder == owner.Agent)
                .Select(row => row.Id).Order().ToList();
            Expect(
                held.SequenceEqual(hands.Held), $"{owner}", $"to believe it holds {string.Join(' ', held)}",
                string.Join(' ', hands.Held));
            Expect(!hands.Offers.Any(), $"{owner}", "no offer in its hands", $"{hands.Offers.Count()}");
        }
    }
}
