using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;

namespace WaGrains.Domain.Tests.Routing;

public sealed class RoutingStrategiesTests
{
    private static readonly RoutingRequest Anyone = new([], null);

    [Fact]
    public void Least_loaded_is_measured_against_capacity() =>
        Assert.Equal(Id(2), RoutingStrategy.LeastLoaded.Choose(Anyone, [Agent(1, 2, 4), Agent(2, 4, 10)]));

    [Fact]
    public void Equal_loads_go_in_turn() => Assert.Equal(
        Id(2),
        RoutingStrategy.LeastLoaded.Choose(
            Anyone, [Agent(1, 3) with { LastAssigned = 9 }, Agent(2, 3) with { LastAssigned = 8 }]));

    [Fact]
    public void Round_robin_takes_who_has_waited_longest() => Assert.Equal(
        Id(2),
        RoutingStrategy.RoundRobin.Choose(
            Anyone, [Agent(1, 0) with { LastAssigned = 9 }, Agent(2, 6) with { LastAssigned = 8 }]));

    [Fact]
    public void Newcomers_are_taken_by_id() =>
        Assert.Equal(Id(1), RoutingStrategy.RoundRobin.Choose(Anyone, [Agent(2, 0), Agent(1, 0)]));

    [Fact]
    public void Round_robin_visits_everybody_once_per_round()
    {
        Candidate[] team = [Agent(1, 0), Agent(2, 0), Agent(3, 0)];
        var visited = new List<AgentId>();
        for (var turn = 1; turn <= 6; turn++)
        {
            var chosen = RoutingStrategy.RoundRobin.Choose(Anyone, team)!.Value;
            visited.Add(chosen);
            team = [.. team.Select(one => one.Agent == chosen ? one with { LastAssigned = turn } : one)];
        }

        Assert.Equal([Id(1), Id(2), Id(3), Id(1), Id(2), Id(3)], visited);
    }

    [Fact]
    public void Customer_comes_back_to_the_agent_who_answered_last() =>
        Assert.Equal(Id(2), RoutingStrategy.Sticky.Choose(new([], Id(2)), [Agent(1, 0), Agent(2, 6), Agent(3, 1)]));

    [Fact]
    public void Known_agent_without_room_is_passed_over() =>
        Assert.Equal(Id(3), RoutingStrategy.Sticky.Choose(new([], Id(2)), [Agent(1, 2), Agent(2, 7), Agent(3, 1)]));

    [Fact]
    public void Known_agent_without_the_skill_is_passed_over() => Assert.Equal(
        Id(1), RoutingStrategy.Sticky.Choose(
            new(["billing"], Id(2)), [Agent(1, 6) with { Skills = ["billing"] }, Agent(2, 0)]));

    [Fact]
    public void Skills_are_all_needed() =>
        Assert.Equal(Id(3), RoutingStrategy.LeastLoaded.Choose(new(["billing", "german"], null), [
        Agent(1, 0) with { Skills = ["billing"] },
        Agent(2, 0) with { Skills = ["german"] },
        Agent(3, 5) with { Skills = ["german", "french", "billing"] },
    ]));

    [Theory]
    [InlineData(RoutingStrategy.LeastLoaded)]
    [InlineData(RoutingStrategy.RoundRobin)]
    [InlineData(RoutingStrategy.Sticky)]
    public void Full_team_gets_nothing(RoutingStrategy strategy) =>
        Assert.Null(strategy.Choose(new([], Id(1)), [Agent(1, 7), Agent(2, 15, 15), Agent(3, 20, 15)]));

    [Fact]
    public void Empty_team_gets_nothing() => Assert.Null(RoutingStrategy.LeastLoaded.Choose(Anyone, []));

    [Fact]
    public void Choice_has_room_and_skills_and_does_not_depend_on_the_order()
    {
        for (var seed = 1; seed <= 1000; seed++)
        {
            var random = new Random(seed);
            var team = Enumerable.Range(1, random.Next(1, 12)).Select(id =>
                Agent((ulong)id, random.Next(8), random.Next(1, 16)) with
                {
                    LastAssigned = random.Next(5),
                    Skills = random.Next(2) == 0 ? [] : ["billing"],
                }).ToArray();
            var request = new RoutingRequest(random.Next(2) == 0 ? [] : ["billing"], Id((ulong)random.Next(1, 12)));
            var strategy = (RoutingStrategy)random.Next(1, 4);

            var chosen = strategy.Choose(request, team);
            var eligible = team.Where(
                one => one.Load < one.Capacity.Value && request.Skills.All(one.Skills.Contains)).ToArray();
            Assert.True(eligible.Length == 0 ? chosen is null : eligible.Any(one => one.Agent == chosen),
                $"seed={seed} {chosen}");
            random.Shuffle(team);
            var again = strategy.Choose(request, team);
            Assert.True(chosen == again, $"seed={seed} {chosen} {again}");
        }
    }

    [Fact]
    public void Capacity_is_7_unless_set() => Assert.Equal(7, default(AgentCapacity).Value);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(16)]
    public void Capacity_out_of_1_to_15_cannot_be(int value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentCapacity(value));

    private static AgentId Id(ulong value) => new(value);

    private static Candidate Agent(ulong id, int load, int capacity = 7) =>
        new(Id(id), load, new AgentCapacity(capacity), [], 0);
}
