using WaGrains.Domain.Errors;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Errors;

/// <summary>Every code of Meta's error page, taken through a number's turns: what it stops, for how long, and what
/// people are told. Written from the page, not from our table.</summary>
public sealed class EveryErrorTests
{
    private static readonly TimeSpan LookedAtAgain = TimeSpan.FromSeconds(61);

    [Theory]
    [InlineData(100)]
    [InlineData(130403)]
    [InlineData(131008)]
    [InlineData(131009)]
    [InlineData(131021)]
    [InlineData(131026)]
    [InlineData(131030)]
    [InlineData(131044)]
    [InlineData(131047)]
    [InlineData(131051)]
    [InlineData(131052)]
    [InlineData(131053)]
    [InlineData(131055)]
    [InlineData(131060)]
    [InlineData(131062)]
    [InlineData(132000)]
    [InlineData(132005)]
    [InlineData(132008)]
    [InlineData(132012)]
    [InlineData(132018)]
    [InlineData(133005)]
    [InlineData(133008)]
    [InlineData(133009)]
    [InlineData(134100)]
    [InlineData(137000)]
    [InlineData(138000)]
    [InlineData(138017)]
    [InlineData(139000)]
    [InlineData(139004)]
    [InlineData(139100)]
    [InlineData(139103)]
    [InlineData(147001)]
    [InlineData(147005)]
    [InlineData(200005)]
    [InlineData(200007)]
    [InlineData(2388012)]
    [InlineData(2388293)]
    [InlineData(2494100)]
    [InlineData(2593107)]
    [InlineData(2593108)]
    public void Error_of_the_message_fails_it_and_nothing_else(int code)
    {
        var world = new ErrorWorld();
        world.Refuse(code);

        Assert.Equal((MessageStatus.Failed, code), (world.Settled!.Status, world.Settled.Code));
        Assert.Equal("message", world.Reach());
        Assert.Empty(world.Alerts);
        Assert.Equal(0, world.First.Record.Traffic.RiskEvents);
    }

    [Theory]
    [InlineData(130497, "country")]
    [InlineData(133016, "72 hours")]
    [InlineData(134011, "terms of payments")]
    [InlineData(135000, "quality")]
    [InlineData(5, "not listed")]
    [InlineData(300, "not listed")]
    [InlineData(999_999, "not listed")]
    public void Error_of_the_message_that_people_should_see_is_told_once(int code, string text)
    {
        var world = new ErrorWorld();
        world.Refuse(code);
        Assert.Equal((MessageStatus.Failed, code), (world.Settled!.Status, world.Settled.Code));
        Assert.Equal("message", world.Reach());

        world.Fail(code);
        var alert = Assert.Single(world.Alerts);
        Assert.Equal(("send_failed", AlertSeverity.Warning), (alert.Kind, alert.Severity));
        Assert.Contains(text, alert.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(80007)]
    [InlineData(80008)]
    [InlineData(130429)]
    public void Rate_limit_halves_the_rate_and_is_tried_again_after_a_second(int code)
    {
        var world = new ErrorWorld();
        var before = world.First.Record.Pacing.PerMinute;
        world.Refuse(code);

        Assert.Equal(before / 2, world.First.Record.Pacing.PerMinute);
        Assert.Equal("number", world.Reach());
        world.Advance(TimeSpan.FromSeconds(1.25));
        Assert.Equal("message", world.Reach());
        Assert.Empty(world.Alerts);
        Assert.Equal(0, world.First.Record.Traffic.RiskEvents);
    }

    [Fact]
    public void Http_429_with_a_code_that_is_not_listed_throttles_and_is_told()
    {
        var world = new ErrorWorld();
        var before = world.First.Record.Pacing.PerMinute;
        world.First.Complete(1, NumberDesk.Refused(999_999, httpStatus: 429));

        Assert.Equal(before / 2, world.First.Record.Pacing.PerMinute);
        var alert = Assert.Single(world.First.Changes<AlertRaised>());
        Assert.Contains("not listed", alert.Detail, StringComparison.Ordinal);
    }

    /// <summary>First wait in seconds, and how many repeats there are; 0: as many as the deadline allows.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 0)]
    [InlineData(131000, 1, 3)]
    [InlineData(131016, 1, 0)]
    [InlineData(133004, 1, 0)]
    [InlineData(134101, 120, 6)]
    [InlineData(134102, 1, 6)]
    public void Outage_is_tried_again_within_its_budget_and_stops_nothing(int code, int firstWait, int repeats)
    {
        var world = new ErrorWorld();
        world.Refuse(code);
        Assert.Empty(world.Alerts);
        world.Advance(TimeSpan.FromSeconds(firstWait) - TimeSpan.FromTicks(1));
        Assert.Empty(world.First.Pump());
        world.Advance(TimeSpan.FromSeconds((firstWait * 0.25) + 0.001));

        var attempt = 1;
        while (world.Settled is null && attempt < 20 && world.First.Pump() is [var again])
        {
            Assert.Equal(++attempt, again.Attempt);
            world.Refuse(code, attempt);
            world.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(repeats == 0 ? 20 : repeats + 1, attempt);
        Assert.Equal(repeats == 0 ? null : MessageStatus.Failed, world.Settled?.Status);
    }

    [Fact]
    public void Pair_limit_stops_this_recipient_for_four_to_the_x_seconds()
    {
        var world = new ErrorWorld();
        world.Refuse(131056);
        Assert.Equal("recipient", world.Reach());
        world.Advance(TimeSpan.FromSeconds(1.25));
        Assert.Equal(2, Assert.Single(world.First.Pump()).Attempt);
        world.First.Complete(1, SendOutcome.Accepted("w", null), attempt: 2);

        // Meta's bucket was empty, and refills by one in six seconds.
        world.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal("message", world.Reach());
        Assert.Empty(world.Alerts);
    }

    [Fact]
    public void Maintenance_stops_the_number_for_a_minute()
    {
        var world = new ErrorWorld();
        world.Refuse(131057);
        world.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("number", world.Reach());
        world.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("message", world.Reach());
        Assert.Empty(world.Alerts);
    }

    /// <summary>A stop with a term: how far it reaches, for how many seconds, and what is told.</summary>
    [Theory]
    [InlineData(130472, "recipient marketing", 86_400, true, "")]
    [InlineData(131049, "recipient marketing", 86_400, true, "")]
    [InlineData(131064, "account marketing", 86_400, false, "waits a day")]
    [InlineData(132001, "template", 3_600, true, "not approved")]
    [InlineData(132007, "template", 3_600, true, "content policy")]
    [InlineData(132015, "template", 10_800, false, "paused")]
    [InlineData(132068, "template", 3_600, true, "blocked")]
    [InlineData(132069, "template", 3_600, false, "throttles")]
    [InlineData(133015, "number", 300, false, "five minutes")]
    public void Stop_with_a_term_ends_with_it(int code, string reach, int seconds, bool fails, string text)
    {
        var world = new ErrorWorld();
        world.Refuse(code);
        var end = world.Now.AddSeconds(seconds);

        Assert.Equal(fails ? MessageStatus.Failed : null, world.Settled?.Status);
        Assert.Equal(reach, world.Reach());
        world.Advance(end - world.Now - TimeSpan.FromSeconds(1));
        Assert.Equal(reach, world.Reach());
        world.Advance(LookedAtAgain);
        Assert.Equal("message", world.Reach());
        Assert.Equal(text.Length == 0 ? 0 : 1, world.Alerts.Count);
        Assert.All(world.Alerts, alert => Assert.Equal(AlertSeverity.Warning, alert.Severity));
        Assert.All(world.Alerts, alert => Assert.Contains(text, alert.Detail, StringComparison.Ordinal));
    }

    /// <summary>A stop without a term: what lifts it, and what is told.</summary>
    [Theory]
    [InlineData(0, "number", PaceLift.NewToken, "access token")]
    [InlineData(190, "number", PaceLift.NewToken, "access token")]
    [InlineData(3, "number", PaceLift.NewToken, "permission")]
    [InlineData(10, "number", PaceLift.NewToken, "permission")]
    [InlineData(200, "number", PaceLift.NewToken, "permission")]
    [InlineData(299, "number", PaceLift.NewToken, "permission")]
    [InlineData(131005, "number", PaceLift.NewToken, "permission")]
    [InlineData(33, "number", PaceLift.Operator, "does not know the number")]
    [InlineData(131037, "number", PaceLift.Operator, "display name")]
    [InlineData(131045, "number", PaceLift.Operator, "registered")]
    [InlineData(133000, "number", PaceLift.Operator, "registered")]
    [InlineData(133006, "number", PaceLift.Operator, "registered")]
    [InlineData(133010, "number", PaceLift.Operator, "registered")]
    [InlineData(131048, "number", PaceLift.Operator, "spam")]
    [InlineData(368, "account", PaceLift.Operator, "policy")]
    [InlineData(131031, "account", PaceLift.Operator, "locked")]
    [InlineData(131042, "account", PaceLift.Operator, "payment")]
    public void Stop_of_a_number_or_account_lasts_until_it_is_lifted(
        int code, string reach, PaceLift lift, string text)
    {
        var world = new ErrorWorld();
        world.Refuse(code);
        Assert.Null(world.Settled);
        Assert.Equal(reach, world.Reach());
        var binding = ((PaceReport)world.First.Tell(new ReadPace()).Reply).Terms[0];
        Assert.Equal((0, lift, ErrorTable.Find(code)!.Reason), (binding.PerMinute, binding.Lift, binding.Detail));

        world.Advance(TimeSpan.FromDays(20));
        Assert.Equal(reach, world.Reach());
        world.Lift(lift);
        world.Advance(LookedAtAgain);
        Assert.Equal("message", world.Reach());
        Assert.All(world.Alerts, alert => Assert.Equal(AlertSeverity.Critical, alert.Severity));
        Assert.Contains(world.Alerts, alert => alert.Detail.Contains(text, StringComparison.Ordinal));
        Assert.Equal(
            code is 368 or 131031 ? ["number_risk", "account_stopped"]
            : code == 131048 ? ["number_risk"]
            : reach == "account" ? ["account_stopped"] : ["number_stopped"],
            world.Alerts.Select(alert => alert.Kind));
        Assert.Equal(
            code is 368 or 131031 or 131048 ? 1 : 0, world.Alerts.Count(alert => alert.Kind == "number_risk"));
    }

    [Theory]
    [InlineData(131050, "recipient marketing", PaceLift.Contact, null)]
    [InlineData(131063, "account marketing", PaceLift.Operator, AlertSeverity.Warning)]
    [InlineData(132016, "template", PaceLift.Meta, AlertSeverity.Critical)]
    public void Stop_that_lets_messages_fail_lasts_until_it_is_lifted(
        int code, string reach, PaceLift lift, AlertSeverity? severity)
    {
        var world = new ErrorWorld();
        world.Refuse(code);
        Assert.Equal((MessageStatus.Failed, code), (world.Settled!.Status, world.Settled.Code));
        world.Advance(TimeSpan.FromDays(20));
        Assert.Equal(reach, world.Reach());
        world.Lift(lift);
        world.Advance(LookedAtAgain);
        Assert.Equal("message", world.Reach());
        Assert.Equal(severity, world.Alerts.SingleOrDefault()?.Severity);
    }

    [Theory]
    [InlineData(368, "account")]
    [InlineData(131031, "account")]
    [InlineData(131042, "account")]
    [InlineData(131048, "number")]
    [InlineData(131049, "recipient marketing")]
    [InlineData(131050, "recipient marketing")]
    [InlineData(131064, "account marketing")]
    [InlineData(131026, "message")]
    [InlineData(130429, "number")]
    public void Same_errors_in_a_failed_status_stop_the_same(int code, string reach)
    {
        var world = new ErrorWorld();
        world.Fail(code);
        Assert.Equal(reach, world.Reach());
    }

    [Fact]
    public void Every_row_of_the_table_is_on_this_page()
    {
        var codes = typeof(EveryErrorTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Select(data => (int)((InlineDataAttribute)data).GetData(null!).Single()[0]!)
            .Concat([131056, 131057])
            .ToHashSet();

        Assert.All(ErrorTable.Rows, row => Assert.Contains(codes, code => code >= row.Code && code <= row.UpTo));
        Assert.All(
            ErrorTable.Rows.Zip(ErrorTable.Rows.Skip(1)), pair => Assert.True(pair.First.UpTo < pair.Second.Code));
        Assert.All(ErrorTable.Rows, row => Assert.Matches("^[a-z]+(_[a-z]+)*$", row.Reason));
        Assert.All(ErrorTable.Rows, row => Assert.Contains("20", row.Source, StringComparison.Ordinal));
    }
}
