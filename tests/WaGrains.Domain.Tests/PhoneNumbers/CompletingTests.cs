using WaGrains.Domain.Conversations;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class CompletingTests
{
    private static NumberDesk Trying()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        desk.Pump();
        return desk;
    }

    [Fact]
    public void Accepted_message_leaves_the_queue()
    {
        var desk = Trying().Complete(1, SendOutcome.Accepted("wamid", null));
        Assert.Empty(desk.Rows);
        Assert.Equal((MessageStatus.Accepted, "wamid"), (desk.Settled[0].Status, desk.Settled[0].Wamid));
        Assert.Equal("accepted", Assert.Single(desk.Changes<AttemptEnded>()).Outcome);
        Assert.Equal(1, desk.Record.Traffic.Sent);
    }

    [Fact]
    public void Throttled_number_keeps_the_message_waits_and_halves_its_pace()
    {
        var desk = Trying();
        var before = desk.Record.Pacing.PerMinute;
        desk.Complete(1, NumberDesk.Refused(130429));
        Assert.Equal(before / 2, desk.Record.Pacing.PerMinute);
        Assert.InRange(desk.Record.HeldUntil!.Value - desk.Now, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.25));
        Assert.Empty(desk.Pump());
        desk.Now += TimeSpan.FromSeconds(1.25);
        Assert.Equal(2, Assert.Single(desk.Pump()).Attempt);
        desk.Complete(1, NumberDesk.Refused(130429), attempt: 2);
        Assert.InRange(desk.Record.HeldUntil!.Value - desk.Now, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Refusals_of_what_was_under_way_when_the_number_was_slowed_hold_it_no_longer()
    {
        var desk = new NumberDesk(NumberDesk.Brisk).Queue(
            [.. Enumerable.Range(1, 6).Select(i => NumberDesk.Send(i, contact: i))]);
        for (var i = 0; i < 6; i++)
        {
            Assert.Single(desk.Pump());
            desk.Now += TimeSpan.FromSeconds(4);
        }

        for (var i = 1; i <= 6; i++)
        {
            desk.Complete(i, NumberDesk.Refused(130429));
        }

        Assert.Equal(1, desk.Record.Throttles);
        Assert.InRange(desk.Record.HeldUntil!.Value - desk.Now, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.25));
        Assert.Equal(6, desk.Rows.Count);
    }

    [Fact]
    public void Throttled_pair_waits_alone()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1), NumberDesk.Send(2, contact: 2));
        desk.Pump();
        desk.Complete(1, NumberDesk.Refused(131056));
        desk.Now += TimeSpan.FromMilliseconds(900);
        Assert.DoesNotContain(desk.Pump(), send => send.Message == Given.Id(1));
        desk.Now += TimeSpan.FromMilliseconds(350);
        Assert.Equal(Given.Id(1), Assert.Single(desk.Pump()).Message);
        Assert.Null(desk.Record.HeldUntil);
    }

    [Fact]
    public void Transient_failure_is_tried_as_often_as_its_rule_says()
    {
        var once = NumberDesk.Refused(1);
        var desk = Trying().Complete(1, once);
        Assert.Single(desk.Rows);
        desk.Now += TimeSpan.FromSeconds(5);
        desk.Pump();
        desk.Complete(1, once, attempt: 2);
        Assert.Empty(desk.Rows);
        Assert.Equal(MessageStatus.Failed, Assert.Single(desk.Settled).Status);
    }

    [Theory]
    [InlineData(130497)]
    [InlineData(135000)]
    [InlineData(999_999)]
    public void Message_that_will_never_be_taken_fails(int code)
    {
        var desk = Trying().Complete(1, NumberDesk.Refused(code));
        Assert.Empty(desk.Rows);
        Assert.Equal(MessageStatus.Failed, Assert.Single(desk.Changes<StatusRaised>()).Status);
        Assert.Equal("send_failed", Assert.Single(desk.Changes<AlertRaised>()).Kind);
        Assert.Null(desk.Record.Stopped);
    }

    [Theory]
    [InlineData(131045, "number_not_registered")]
    [InlineData(190, "token_invalid")]
    [InlineData(131048, "spam_restriction")]
    public void Number_that_may_not_send_keeps_the_message(int code, string reason)
    {
        var desk = Trying().Complete(1, NumberDesk.Refused(code));
        Assert.Equal(QueuePhase.Queued, Assert.Single(desk.Rows).Phase);
        Assert.Equal((reason, code), (desk.Record.Stopped, desk.Record.StoppedCode));
        Assert.Single(desk.Changes<AlertRaised>());
        desk.Now += TimeSpan.FromMinutes(5);
        Assert.Empty(desk.Pump());
        desk.Tell(new QualityChanged(QualityEvent.Resume, "", desk.Now));
        Assert.Equal(2, Assert.Single(desk.Pump()).Attempt);
    }

    [Fact]
    public void Restricted_number_falls_to_the_recovery_rate()
    {
        var desk = Trying().Complete(1, NumberDesk.Refused(131048));
        Assert.Equal(5, desk.Record.WarmUp.PerMinute(PacingRules.Default.WarmUp));
        Assert.Equal(1, desk.Record.Traffic.RiskEvents);
    }

    [Fact]
    public void Status_before_the_answer_settles_and_the_answer_adds_the_wamid()
    {
        var desk = Trying();
        desk.Status(1, MessageStatus.Delivered);
        Assert.Empty(desk.Rows);
        Assert.Equal("settled_by_status", Assert.Single(desk.Changes<AttemptEnded>()).Outcome);
        Assert.Equal(MessageStatus.Delivered, Assert.Single(desk.Settled).Status);
        desk.Complete(1, SendOutcome.Accepted("wamid", null));
        Assert.Equal("wamid", Assert.Single(desk.Changes<StatusRaised>()).Wamid);
        Assert.Single(desk.Last.Changes);
    }

    [Fact]
    public void Late_failure_of_attempt_1_does_not_touch_what_comes_after_it()
    {
        var desk = Trying().Complete(1, SendOutcome.NotSent("refused"));
        desk.Status(1, MessageStatus.Failed);
        Assert.Single(desk.Rows);
        desk.Now += TimeSpan.FromSeconds(1.25);
        Assert.Equal(2, Assert.Single(desk.Pump()).Attempt);
        desk.Status(1, MessageStatus.Failed);
        Assert.Single(desk.Rows);
        Assert.Empty(desk.Last.Changes);
        desk.Status(1, MessageStatus.Failed, attempt: 2);
        Assert.Empty(desk.Rows);
    }

    [Fact]
    public void Late_answer_of_attempt_1_does_not_settle_attempt_2()
    {
        var desk = Trying().Complete(1, SendOutcome.NotSent("refused"));
        desk.Now += TimeSpan.FromSeconds(1.25);
        desk.Pump();
        desk.Complete(1, NumberDesk.Refused(131026));
        Assert.Empty(desk.Last.Changes);
        Assert.Single(desk.Rows);
    }

    [Fact]
    public void Conversation_may_forget_what_is_long_settled()
    {
        var desk = new NumberDesk();
        desk.Status(1, MessageStatus.Sent);
        Assert.Equal(Given.Id(1), Assert.Single(desk.Settled).Message);
    }

    [Fact]
    public void Message_that_fails_after_it_was_accepted_counts_against_the_day()
    {
        var desk = Trying().Complete(1, SendOutcome.Accepted("w", null));
        desk.Status(1, MessageStatus.Failed);
        Assert.Equal(1, desk.Record.Traffic.Failed);
    }

    [Theory]
    [InlineData(131048)]
    [InlineData(368)]
    [InlineData(131031)]
    public void Failure_that_speaks_of_the_number_is_a_risk_event(int code)
    {
        var desk = new NumberDesk();
        desk.Status(1, MessageStatus.Failed, code: code);
        Assert.Equal(0, desk.Record.WarmUp.RecoveryDays);
        Assert.Equal("number_risk", Assert.Single(desk.Changes<AlertRaised>()).Kind);
    }

    [Fact]
    public void Answers_and_sends_after_midnight_count_for_the_new_day()
    {
        var desk = Trying().Complete(1, SendOutcome.Accepted("w", null));
        var day = desk.Record.Day;
        desk.Now = Given.Now.AddDays(1);
        desk.Tell(ContactReplied.Message);
        Assert.Equal((day.AddDays(1), 1, 0), (desk.Record.Day, desk.Record.Traffic.Replied, desk.Record.Traffic.Sent));
        Assert.Equal(day, desk.Record.WarmUp.Decided);
    }

    [Theory]
    [InlineData(MessageStatus.Sent)]
    [InlineData(MessageStatus.Delivered)]
    [InlineData(MessageStatus.Failed)]
    public void Status_heard_while_the_number_was_away_settles_the_attempt(MessageStatus status)
    {
        var desk = Trying();
        desk.Tell(new AdoptRows([NumberDesk.Send(1) with { Row = desk.Rows.Single(), Status = status }]));
        desk.Pump();
        Assert.Equal("settled_by_status", Assert.Single(desk.Changes<AttemptEnded>()).Outcome);
        Assert.Empty(desk.Rows);
        Assert.Equal(status, desk.Settled[^1].Status);
    }

    [Theory]
    [InlineData(MessageStatus.Queued)]
    [InlineData(MessageStatus.Accepted)]
    public void Status_that_proves_nothing_leaves_the_attempt_in_doubt(MessageStatus status)
    {
        var desk = Trying();
        desk.Tell(new AdoptRows([NumberDesk.Send(1) with { Row = desk.Rows.Single(), Status = status }]));
        desk.Pump();
        Assert.Equal(QueuePhase.Attempting, Assert.Single(desk.Rows).Phase);
    }

    [Fact]
    public void Attempt_read_before_it_was_settled_is_not_taken_in_again_but_proven_stale_by_a_write()
    {
        var desk = Trying();
        var read = new AdoptRows([NumberDesk.Send(1) with { Row = desk.Rows.Single() }]);
        desk.Status(1, MessageStatus.Sent);
        desk.Tell(read);
        Assert.Equal(0, desk.Work.Queue.Count);
        Assert.Equal(desk.Record.Version, Assert.Single(desk.Last.Changes.OfType<PhoneNumberWritten>()).Version);
    }

    [Fact]
    public void Attempt_under_way_when_its_message_is_withdrawn_is_the_last()
    {
        var desk = Trying();
        desk.Tell(new ForgetSend(Given.Id(1), NumberDesk.Talk(1)));
        Assert.Empty(desk.Last.Changes);
        desk.Complete(1, NumberDesk.Refused(131016));
        desk.Now += TimeSpan.FromHours(1);
        Assert.Empty(desk.Pump());
        Assert.Empty(desk.Rows);
        Assert.Equal(MessageStatus.Cancelled, desk.Settled[^1].Status);
    }

    [Fact]
    public void Message_put_back_after_it_was_withdrawn_is_withdrawn_again()
    {
        var desk = Trying();
        desk.Complete(1, NumberDesk.Refused(131016));
        desk.Tell(new ForgetSend(Given.Id(1), NumberDesk.Talk(1)));
        Assert.Single(desk.Changes<SendWithdrawn>());
        Assert.Equal(0, desk.Work.Queue.Count);
        Assert.Equal(MessageStatus.Cancelled, desk.Settled[^1].Status);
    }
}
