using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

/// <summary>The desk's clock says 12:00 UTC: 21:00 in Tokyo.</summary>
public sealed class RestingTests
{
    private static readonly PacingRules Quiet = new()
    {
        QuietHours = new QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)),
    };

    private static readonly TimeZoneInfo Tokyo =
        TimeZoneInfo.CreateCustomTimeZone("tokyo", TimeSpan.FromHours(9), "tokyo", "tokyo");

    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 23, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Marketing_waits_for_the_morning_of_the_recipient()
    {
        var desk = AtNight().Queue(Offer(1));
        Assert.Empty(desk.Pump());
        Assert.Equal(Morning, desk.WakesAt);
        desk.Now = Morning;
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Replies_pass_what_rests()
    {
        var desk = AtNight().Queue(Offer(1), NumberDesk.Send(2));
        Assert.Equal(Given.Id(2), Assert.Single(desk.Pump()).Message);
    }

    [Fact]
    public void Marketing_whose_deadline_comes_before_the_morning_expires()
    {
        var offer = Offer(1);
        var desk = AtNight().Queue(offer with { Row = offer.Row with { Deadline = Morning } });
        desk.Pump();
        Assert.Equal(MessageStatus.Expired, Assert.Single(desk.Settled).Status);
        Assert.Equal("quiet_hours", Assert.Single(desk.Changes<StatusRaised>()).Error!.Reason);
    }

    [Fact]
    public void By_day_and_elsewhere_it_leaves()
    {
        var desk = new NumberDesk { Rules = Quiet }.Queue(Offer(1));
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Parked_recipient_gets_replies_and_no_marketing()
    {
        var desk = new NumberDesk();
        desk.Queue(Offer(1), NumberDesk.Send(2));
        var until = Given.Now.AddHours(20);
        desk.Tell(new ParkRecipient(NumberDesk.Talk(1), until));
        Assert.Equal(Given.Id(2), Assert.Single(desk.Pump()).Message);
        desk.Complete(2, SendOutcome.Accepted("w", null));
        Assert.Equal(until, desk.WakesAt);
        desk.Now = until;
        Assert.Equal(Given.Id(1), Assert.Single(desk.Pump()).Message);
    }

    [Fact]
    public void Parked_beyond_its_deadline_fails()
    {
        var desk = new NumberDesk();
        desk.Queue(Offer(1));
        desk.Tell(new ParkRecipient(NumberDesk.Talk(1), Given.Now.AddDays(1)));
        desk.Pump();
        Assert.Equal("recipient_parked", Assert.Single(desk.Changes<StatusRaised>()).Error!.Reason);
    }

    [Fact]
    public void Row_accepted_for_later_lets_replies_pass()
    {
        var offer = Offer(1);
        var desk = new NumberDesk().Queue(
            offer with { Row = offer.Row with { NotBefore = Given.Now.AddHours(1) } }, NumberDesk.Send(2));
        Assert.Equal(Given.Id(2), Assert.Single(desk.Pump()).Message);
    }

    [Fact]
    public void Quiet_over_midnight_ends_in_the_morning_and_quiet_at_noon_ends_at_noon()
    {
        var noon = new QuietHours(new TimeOnly(12, 0), new TimeOnly(14, 0));
        Assert.Equal(Morning, Quiet.QuietHours!.EndsAt(Morning.AddMinutes(-1), Tokyo));
        Assert.Equal(Morning, Quiet.QuietHours.EndsAt(Morning.AddHours(-10), Tokyo));
        Assert.Null(Quiet.QuietHours.EndsAt(Morning, Tokyo));
        Assert.Equal(
            new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero), noon.EndsAt(Given.Now, TimeZoneInfo.Utc));
    }

    private static NumberDesk AtNight() => new() { Rules = Quiet, Zone = Tokyo };

    private static QueuedSend Offer(int id) =>
        NumberDesk.Send(id, lane: Lane.Campaign) with { Content = Given.Marketing };
}
