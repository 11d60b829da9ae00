using WaGrains.Domain.Agents;
using WaGrains.Domain.Bots;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Desk;

/// <summary>Sets the tenants up through their owners, as the API would.</summary>
internal static class SetUp
{
    public static async Task Run(SimWorld world)
    {
        foreach (var tenant in world.Tenants)
        {
            var owners = world.Cluster.Members[0].Owners;
            Task<Reply> Ask(OwnerKey owner, OwnerMessage message) => owners.Ask(owner, message, CancellationToken.None);
            await Ask(OwnerKey.Of(tenant.Id), new CreateTenant("Sim", Configuration(world.Plan, tenant)));
            foreach (var agent in tenant.Agents)
            {
                var capacity = world.Plan.Sabotage == Sabotage.IgnoreCapacity ? AgentCapacity.Max : agent.Capacity;
                await Ask(Key(tenant, agent), new ConfigureAgent("Agent", new AgentCapacity(capacity), null));
            }

            foreach (var team in tenant.Teams)
            {
                var strategy = team == tenant.Teams[0] ? RoutingStrategy.LeastLoaded : RoutingStrategy.RoundRobin;
                var members = tenant.Agents.Where(agent => agent.Teams.Contains(team)).Select(agent => agent.Id)
                    .ToList();
                await Ask(OwnerKey.Of(tenant.Id, team), new ConfigureTeam("Team", strategy, members, null));
            }

            foreach (var number in tenant.Numbers)
            {
                await Ask(
                    OwnerKey.Of(tenant.Id, number.Id), new ConfigureNumber(Settings(world.Plan, tenant, number), null));
                if (number.Kind == NumberKind.Risk)
                {
                    var risk = new QualityChanged(QualityEvent.Risk, "sim_risk", world.Clock.Now);
                    await Ask(OwnerKey.Of(tenant.Id, number.Id), risk);
                }
            }

            foreach (var agent in tenant.Agents)
            {
                await Ask(Key(tenant, agent), new SetPresence(Presence.Available, Requeue: false));
            }
        }
    }

    private static OwnerKey Key(SimTenant tenant, SimAgent agent) => OwnerKey.Of(tenant.Id, agent.Id);

    private static TenantConfiguration Configuration(SimPlan plan, SimTenant tenant) => new()
    {
        Keywords =
        [
            Rule("price", ["price", "preço", "precio"], ["It depends.", "Here is our list."], null),
            Rule("hours", ["hours", "horário", "horario"], ["We open at nine."], null),
            Rule("agent", ["agent", "atendente", "agente"], ["One moment, please."], tenant.Teams[1]),
        ],
        Forbidden = [new ForbiddenRule("gold", ["secret gold"], FilterReach.AsWritten)],
        DefaultTeam = tenant.Teams[0],
        ResendUnknown = plan.ResendUnknown,
        Pacing = new PacingRules { UnknownAfterSeconds = plan.UnknownAfterSeconds },
    };

    private static KeywordRule Rule(string id, string[] words, string[] replies, TeamId? team) =>
        new(id, words, MatchKind.Word, replies, team, 1, KeywordRuleState.Enabled);

    private static PhoneNumberSettings Settings(SimPlan plan, SimTenant tenant, SimNumber number) => new()
    {
        PhoneNumberId = number.MetaId,
        AccountId = "710000000000001",
        DisplayNumber = "+55 11 4000-0011",
        Name = "Number",
        Policy = number.Kind == NumberKind.Cloud || plan.Sabotage == Sabotage.IgnoreWarmUp
            ? SendingPolicy.Cloud
            : SendingPolicy.WarmUp,
        CeilingPerMinute = number.Kind == NumberKind.Cloud ? number.LimitPerMinute : 120,
        Team = number.Kind == NumberKind.Cloud ? tenant.Teams[1] : null,
    };
}
