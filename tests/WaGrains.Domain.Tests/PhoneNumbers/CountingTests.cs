using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class CountingTests
{
    private static readonly PacingRules Small = new()
    {
        Day = new DayRules(SentMin: 4, MarketingBurst: 4, MarketingReplyRatioMin: 0.3, OptOutRatioMax: 0.2),
    };

    [Fact]
    public void Marketing_is_counted_apart()
    {
        var desk = Sent(new NumberDesk(), 1, 2);
        desk.Queue(NumberDesk.Send(9, contact: 9));
        desk.Now += TimeSpan.FromSeconds(1);
        desk.Pump();
        desk.Complete(9, SendOutcome.Accepted("w", null));

        Assert.Equal((3, 2), (desk.Record.Traffic.Sent, desk.Record.Traffic.MarketingSent));
    }

    [Fact]
    public void Unanswered_burst_is_a_risk_event_at_once_and_told_once()
    {
        var desk = Sent(new NumberDesk { Rules = Small }, 1, 3);
        Assert.Null(desk.Record.WarmUp.RecoveryDays);
        desk.Now += TimeSpan.FromMinutes(10);
        Sent(desk, 4, 1);

        Assert.Equal(0, desk.Record.WarmUp.RecoveryDays);
        Assert.Equal("Reason: unanswered_burst.", Assert.Single(desk.Changes<AlertRaised>()).Detail);
        Sent(desk, 5, 1);
        Assert.Empty(desk.Changes<AlertRaised>());
    }

    [Fact]
    public void Burst_is_not_called_unanswered_before_people_had_time()
    {
        var desk = Sent(new NumberDesk { Rules = Small }, 1, 4);
        Assert.Null(desk.Record.WarmUp.RecoveryDays);
    }

    [Fact]
    public void Burst_of_the_last_minutes_is_judged_when_its_day_closes()
    {
        var desk = Sent(new NumberDesk { Rules = Small }, 1, 4);
        desk.Now += TimeSpan.FromDays(1);
        desk.Pump();

        Assert.Equal(0, desk.Record.WarmUp.RecoveryDays);
        Assert.Equal("number_risk", Assert.Single(desk.Changes<AlertRaised>()).Kind);
    }

    [Fact]
    public void Answered_burst_is_none()
    {
        var desk = Sent(new NumberDesk { Rules = Small }, 1, 3);
        desk.Tell(new ContactReplied { ToMarketing = true });
        desk.Tell(new ContactReplied { ToMarketing = true });
        desk.Now += TimeSpan.FromMinutes(10);
        Sent(desk, 4, 1);

        Assert.Null(desk.Record.WarmUp.RecoveryDays);
        Assert.Equal(2, desk.Record.Traffic.MarketingReplied);
    }

    [Fact]
    public void High_opt_out_ratio_is_a_risk_event_at_once()
    {
        var desk = Sent(new NumberDesk { Rules = Small }, 1, 4);
        desk.Tell(new ContactOptedOut(NumberDesk.Talk(1)));

        Assert.Equal("Reason: opt_out_ratio.", Assert.Single(desk.Changes<AlertRaised>()).Detail);
        Assert.Equal(5, desk.Record.WarmUp.PerMinute(Small.WarmUp));
    }

    [Fact]
    public void Opt_out_told_twice_counts_once_and_is_durable()
    {
        var desk = new NumberDesk();
        desk.Tell(new ContactOptedOut(NumberDesk.Talk(1)));
        Assert.Single(desk.Changes<PhoneNumberWritten>());
        desk.Tell(new ContactOptedOut(NumberDesk.Talk(1)));

        Assert.Equal(1, desk.Record.Traffic.OptedOut);
    }

    private static NumberDesk Sent(NumberDesk desk, int first, int count)
    {
        for (var id = first; id < first + count; id++)
        {
            desk.Queue(NumberDesk.Send(id, contact: id, lane: Lane.Campaign) with { Content = Given.Marketing });
            desk.Now += TimeSpan.FromSeconds(1);
            desk.Pump();
            desk.Complete(id, SendOutcome.Accepted("w", null));
        }

        return desk;
    }
}
