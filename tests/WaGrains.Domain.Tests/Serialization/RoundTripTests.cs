using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WaGrains.Domain.Bots;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Filtering;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Routing;

namespace WaGrains.Domain.Tests.Serialization;

public sealed class RoundTripTests
{
    private static readonly DateTimeOffset Now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).AddTicks(7);

    [Fact]
    public void Paces_come_back_from_json_to_the_tick()
    {
        Assert.Equal(Gcra.Fresh(7.5).Take(Now), Back(Gcra.Fresh(7.5).Take(Now), StrictJson.Default.Gcra));
        Assert.Equal(new Pacing(1.5, 1, 9, Now), Back(new Pacing(1.5, 1, 9, Now), StrictJson.Default.Pacing));
        Assert.Equal(PairLimit.Full.Take(Now), Back(PairLimit.Full.Take(Now), StrictJson.Default.PairLimit));
        Assert.Equal(WarmUp.Begin(Now).OnRisk(Now), Back(WarmUp.Begin(Now).OnRisk(Now), StrictJson.Default.WarmUp));
    }

    [Fact]
    public void Capacities_come_back_from_json()
    {
        Assert.Equal(new AgentCapacity(15), Back(new AgentCapacity(15), StrictJson.Default.AgentCapacity));
        Assert.Equal(default, Back(default, StrictJson.Default.AgentCapacity));
    }

    [Fact]
    public void Capacity_beyond_15_does_not_come_in_by_json() => Assert.ThrowsAny<Exception>(
        () => JsonSerializer.Deserialize("""{"Value":16}""", StrictJson.Default.AgentCapacity));

    [Fact]
    public void Lists_inside_come_back_from_json()
    {
        var identity = new Identity(IdentityKind.Phone, "4915112345678");
        var hours = new OpenHours(new TimeOnly(9, 0), new TimeOnly(18, 30));

        AssertSameText(
            new KeywordRule("r", ["oi"], MatchKind.Word, ["olá"], new TeamId(7), 3, KeywordRuleState.Enabled),
            StrictJson.Default.KeywordRule);
        AssertSameText(
            new OpeningPlan("UTC", [new(DayOfWeek.Monday, hours)], [new(new DateOnly(2026, 12, 25), [hours])]),
            StrictJson.Default.OpeningPlan);
        AssertSameText(WarmUp.Begin(Now).Term(PacingRules.Default.WarmUp, Now), StrictJson.Default.PaceTerm);
        AssertSameText(new DayTraffic(1, 2, 3, 4, 5, 6, 7), StrictJson.Default.DayTraffic);
        AssertSameText(new ForbiddenRule("r", ["pix"], FilterReach.ThroughSpacing), StrictJson.Default.ForbiddenRule);
        AssertSameText(
            new IdentityDecision(new ContactId(1), ContactOrigin.Known, new ContactId(2), [identity], [identity]),
            StrictJson.Default.IdentityDecision);
        AssertSameText(
            new Candidate(new AgentId(1), 2, new AgentCapacity(3), ["billing"], 4), StrictJson.Default.Candidate);
    }

    // Lists compare by reference, so what is compared is what is written again.
    private static void AssertSameText<T>(T value, JsonTypeInfo<T> type) =>
        Assert.Equal(JsonSerializer.Serialize(value, type), JsonSerializer.Serialize(Back(value, type)!, type));

    private static T? Back<T>(T value, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(value, type), type);
}
