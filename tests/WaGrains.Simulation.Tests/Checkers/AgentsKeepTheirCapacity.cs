using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>At every commit: conversations held and offers accepted of one agent never exceed what the tenant lets it
/// have (MUST T4).</summary>
internal sealed class AgentsKeepTheirCapacity(SimWorld world) : Checker(world)
{
    private readonly Dictionary<(TenantId, AgentId), HashSet<ConversationId>> _held = [];
    private readonly Dictionary<OwnerKey, AgentId?> _holders = [];

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        HashSet<(TenantId, AgentId)> touched = [];
        foreach (var change in turns.SelectMany(turn => turn.Changes))
        {
            if (change is ConversationWritten { State: var state })
            {
                Move(state);
                if (state.Holder is { } holder)
                {
                    touched.Add((state.Tenant, holder));
                }
            }
            else if (change is OfferOpened opened)
            {
                touched.Add((opened.Tenant, opened.Agent));
            }
        }

        foreach (var agent in touched)
        {
            Judge(agent.Item1, agent.Item2);
        }
    }

    private void Move(ConversationState state)
    {
        if (_holders.GetValueOrDefault(state.Owner) is { } before)
        {
            _held[(state.Tenant, before)].Remove(state.Id);
        }

        _holders[state.Owner] = state.Holder;
        if (state.Holder is { } holder)
        {
            if (!_held.TryGetValue((state.Tenant, holder), out var held))
            {
                _held[(state.Tenant, holder)] = held = [];
            }

            held.Add(state.Id);
        }
    }

    private void Judge(TenantId tenant, AgentId agent)
    {
        var held = _held.GetValueOrDefault((tenant, agent)) ?? [];
        var offered = Ledger.Offers.Keys
            .Where(offer => offer.Item1 == tenant && offer.Item2 == agent && !held.Contains(offer.Item3))
            .Select(offer => offer.Item3).ToList();
        var capacity = World.Tenants.Single(each => each.Id == tenant).Agents.Single(each => each.Id == agent).Capacity;
        Expect(
            held.Count + offered.Count <= capacity, $"{tenant} {agent}", $"at most {capacity} in its hands",
            $"held {string.Join(' ', held)}, accepted {string.Join(' ', offered)}");
    }
}
