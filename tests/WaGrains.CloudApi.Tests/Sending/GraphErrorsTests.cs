using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Sending;

public sealed class GraphErrorsTests
{
    [Theory]
    [InlineData(0, SendOutcomeKind.AuthenticationLost)]
    [InlineData(1, SendOutcomeKind.Transient)]
    [InlineData(2, SendOutcomeKind.Transient)]
    [InlineData(3, SendOutcomeKind.AuthenticationLost)]
    [InlineData(4, SendOutcomeKind.ThrottledNumber)]
    [InlineData(10, SendOutcomeKind.AuthenticationLost)]
    [InlineData(33, SendOutcomeKind.HoldNumber)]
    [InlineData(100, SendOutcomeKind.Rejected)]
    [InlineData(190, SendOutcomeKind.AuthenticationLost)]
    [InlineData(200, SendOutcomeKind.AuthenticationLost)]
    [InlineData(299, SendOutcomeKind.AuthenticationLost)]
    [InlineData(368, SendOutcomeKind.StopNumber)]
    [InlineData(80007, SendOutcomeKind.ThrottledNumber)]
    [InlineData(130403, SendOutcomeKind.Rejected)]
    [InlineData(130429, SendOutcomeKind.ThrottledNumber)]
    [InlineData(130472, SendOutcomeKind.ParkRecipient)]
    [InlineData(130497, SendOutcomeKind.Rejected)]
    [InlineData(131000, SendOutcomeKind.Transient)]
    [InlineData(131005, SendOutcomeKind.AuthenticationLost)]
    [InlineData(131008, SendOutcomeKind.Rejected)]
    [InlineData(131009, SendOutcomeKind.Rejected)]
    [InlineData(131016, SendOutcomeKind.Transient)]
    [InlineData(131021, SendOutcomeKind.Rejected)]
    [InlineData(131026, SendOutcomeKind.Rejected)]
    [InlineData(131030, SendOutcomeKind.Rejected)]
    [InlineData(131031, SendOutcomeKind.StopNumber)]
    [InlineData(131037, SendOutcomeKind.HoldNumber)]
    [InlineData(131042, SendOutcomeKind.HoldNumber)]
    [InlineData(131045, SendOutcomeKind.HoldNumber)]
    [InlineData(131047, SendOutcomeKind.Rejected)]
    [InlineData(131048, SendOutcomeKind.StopNumber)]
    [InlineData(131049, SendOutcomeKind.ParkRecipient)]
    [InlineData(131050, SendOutcomeKind.SuppressRecipient)]
    [InlineData(131051, SendOutcomeKind.Rejected)]
    [InlineData(131052, SendOutcomeKind.Rejected)]
    [InlineData(131053, SendOutcomeKind.Rejected)]
    [InlineData(131055, SendOutcomeKind.Rejected)]
    [InlineData(131056, SendOutcomeKind.ThrottledPair)]
    [InlineData(131057, SendOutcomeKind.Transient)]
    [InlineData(131062, SendOutcomeKind.Rejected)]
    [InlineData(131063, SendOutcomeKind.StopCampaigns)]
    [InlineData(131064, SendOutcomeKind.StopCampaigns)]
    [InlineData(132000, SendOutcomeKind.Rejected)]
    [InlineData(132001, SendOutcomeKind.StopTemplate)]
    [InlineData(132005, SendOutcomeKind.Rejected)]
    [InlineData(132007, SendOutcomeKind.StopTemplate)]
    [InlineData(132008, SendOutcomeKind.Rejected)]
    [InlineData(132012, SendOutcomeKind.Rejected)]
    [InlineData(132015, SendOutcomeKind.StopTemplate)]
    [InlineData(132016, SendOutcomeKind.StopTemplate)]
    [InlineData(132018, SendOutcomeKind.Rejected)]
    [InlineData(132068, SendOutcomeKind.StopTemplate)]
    [InlineData(132069, SendOutcomeKind.StopTemplate)]
    [InlineData(133004, SendOutcomeKind.Transient)]
    [InlineData(133010, SendOutcomeKind.HoldNumber)]
    [InlineData(134101, SendOutcomeKind.Transient)]
    [InlineData(135000, SendOutcomeKind.Rejected)]
    [InlineData(137000, SendOutcomeKind.Rejected)]
    [InlineData(138999, SendOutcomeKind.Rejected)]
    [InlineData(2388293, SendOutcomeKind.Rejected)]
    public void Every_listed_code_has_its_policy(int code, SendOutcomeKind kind)
    {
        var outcome = GraphErrors.Judge(code, 400, "words");
        Assert.Equal(kind, outcome.Kind);
        Assert.NotEqual("unknown_code", outcome.Error!.Reason);
        Assert.Equal((code, "words"), (outcome.Error.Code, outcome.Error.Details));
    }

    [Fact]
    public void Table_is_sorted_and_free_of_overlaps() => Assert.All(
        GraphErrors.All.Zip(GraphErrors.All.Skip(1)),
        pair => Assert.True(pair.First.UpTo < pair.Second.Code, $"{pair.First.Code} and {pair.Second.Code}"));

    [Fact]
    public void Reasons_are_stable_words() =>
        Assert.All(GraphErrors.All, rule => Assert.Matches("^[a-z]+(_[a-z]+)*$", rule.Reason));

    [Fact]
    public void Whatever_stops_something_alerts_somebody() => Assert.All(
        GraphErrors.All.Where(rule => rule.Kind
            is SendOutcomeKind.StopNumber or SendOutcomeKind.HoldNumber or SendOutcomeKind.StopTemplate
            or SendOutcomeKind.StopCampaigns or SendOutcomeKind.AuthenticationLost),
        rule => Assert.True(rule.Alert, $"code {rule.Code}"));

    [Fact]
    public void Only_what_may_pass_by_itself_is_repeated() => Assert.All(GraphErrors.All, rule => Assert.Equal(
        rule.Kind is SendOutcomeKind.ThrottledNumber or SendOutcomeKind.ThrottledPair or SendOutcomeKind.Transient
            or SendOutcomeKind.ParkRecipient,
        rule.Retry.WaitBefore(1) is not null));

    [Fact]
    public void Unknown_code_with_429_throttles_and_shows_itself()
    {
        var outcome = GraphErrors.Judge(999_999, 429, null);
        Assert.Equal((SendOutcomeKind.ThrottledNumber, 999_999), (outcome.Kind, outcome.Error!.Code));
        Assert.Equal(RetryRule.PowersOfFour, outcome.Retry);
    }

    [Theory]
    [InlineData(999_999, 400)]
    [InlineData(999_999, 500)]
    [InlineData(5, 0)]
    [InlineData(300, 0)]
    public void Unknown_code_is_rejected_and_shows_itself(int code, int httpStatus)
    {
        var outcome = GraphErrors.Judge(code, httpStatus, null);
        Assert.Equal((SendOutcomeKind.Rejected, code), (outcome.Kind, outcome.Error!.Code));
        Assert.Equal("unknown_code", outcome.Error.Reason);
        Assert.True(outcome.Alert);
    }
}
