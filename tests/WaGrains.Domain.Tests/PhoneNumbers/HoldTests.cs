using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class HoldTests
{
    [Fact]
    public void Paused_number_says_who_and_sends_nothing_until_resumed()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        desk.Tell(new QualityChanged(QualityEvent.Pause, "operator", desk.Now));
        Assert.Equal("number_paused", Assert.Single(desk.Changes<AlertRaised>()).Kind);
        Assert.Empty(desk.Pump());
        var report = Pace(desk);
        Assert.Equal((0, PaceReason.Paused, PaceLift.Operator, "paused_by_operator"),
            (report.PerMinute, report.Terms[0].Reason, report.Terms[0].Lift, report.Terms[0].Detail));
        Assert.Null(report.EmptyAt);

        desk.Tell(new QualityChanged(QualityEvent.Resume, "operator", desk.Now));
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Pause_and_resume_are_idempotent()
    {
        var desk = new NumberDesk();
        desk.Tell(new QualityChanged(QualityEvent.Resume, "operator", desk.Now));
        Assert.Empty(desk.Last.Changes);
        desk.Tell(new QualityChanged(QualityEvent.Pause, "operator", desk.Now));
        desk.Tell(new QualityChanged(QualityEvent.Pause, "operator", desk.Now));
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void Maintenance_holds_the_number_a_minute_and_the_upgrade_ends_it()
    {
        var desk = new NumberDesk(NumberDesk.Brisk).Queue(NumberDesk.Send(1), NumberDesk.Send(2, contact: 2));
        desk.Pump();
        desk.Complete(1, NumberDesk.Refused(131057));
        var held = Pace(desk).Terms[0];
        Assert.Equal((PaceReason.Held, "maintenance", Given.Now.AddSeconds(60), PaceLift.Time),
            (held.Reason, held.Detail, held.Until, held.Lift));
        Assert.Empty(desk.Pump());

        desk.Now += TimeSpan.FromSeconds(1);
        Assert.Empty(desk.Pump());
        desk.Tell(new QualityChanged(QualityEvent.Upgrade, "throughput_upgrade", desk.Now));
        Assert.Equal(ThroughputLevel.High, desk.Record.Settings.Throughput);
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Coexistence_is_not_upgraded()
    {
        var desk = new NumberDesk(NumberDesk.Fast with { Throughput = ThroughputLevel.Coexistence });
        desk.Tell(new QualityChanged(QualityEvent.Upgrade, "throughput_upgrade", desk.Now));
        Assert.Equal(ThroughputLevel.Coexistence, desk.Record.Settings.Throughput);
    }

    [Fact]
    public void Queue_that_does_not_move_is_told_once_each_time()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        var stuckAt = Published(desk)!.Value;
        Assert.Equal(Given.Now.AddSeconds(10), stuckAt);
        desk.Now = stuckAt;
        desk.Tell(new ReportStuck(stuckAt));
        Assert.Equal("queue_stuck", Assert.Single(desk.Changes<AlertRaised>()).Kind);
        Assert.Equal(desk.Now, desk.WakesAt);
        desk.Tell(new ReportStuck(stuckAt));
        Assert.Empty(desk.Changes<AlertRaised>());

        desk.Pump();
        Assert.Null(Published(desk));
    }

    [Fact]
    public void More_messages_do_not_put_the_alarm_off()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        desk.Now += TimeSpan.FromSeconds(9);
        desk.Queue(NumberDesk.Send(2, contact: 2));
        Assert.Equal(Given.Now.AddSeconds(10), Published(desk));
    }

    [Fact]
    public void Slow_number_is_given_three_intervals()
    {
        var desk = new NumberDesk(NumberDesk.Slow with { CeilingPerMinute = 3 }).Queue(NumberDesk.Send(1));
        Assert.True(Published(desk) > Given.Now.AddSeconds(60));
    }

    [Fact]
    public void Paused_number_is_not_stuck()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        desk.Tell(new QualityChanged(QualityEvent.Pause, "operator", desk.Now));
        Assert.Null(Published(desk));
        desk.Now += TimeSpan.FromMinutes(1);
        desk.Tell(new ReportStuck(desk.Now));
        Assert.Empty(desk.Changes<AlertRaised>());
    }

    private static DateTimeOffset? Published(NumberDesk desk) =>
        desk.Last.Effects.OfType<DepthChanged>().Last().StuckAt;

    private static PaceReport Pace(NumberDesk desk) => (PaceReport)desk.Tell(new ReadPace()).Reply;
}
