using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.PhoneNumbers;

public sealed class PumpingTests
{
    [Fact]
    public void Attempt_is_a_row_before_it_is_a_call()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        var send = Assert.Single(desk.Pump());
        Assert.Equal((Given.Id(1), 1, "1001"), (send.Message, send.Attempt, send.PhoneNumberId));
        Assert.Equal(Given.Now, Assert.Single(desk.Changes<AttemptStarted>()).At);
        Assert.Equal(desk.Record.Slot, Assert.Single(desk.Changes<PhoneNumberWritten>()).State.Slot);
    }

    [Fact]
    public void Next_slot_is_kept_with_the_attempt_and_asked_for()
    {
        var desk = new NumberDesk(NumberDesk.Slow).Queue(NumberDesk.Send(1, 1), NumberDesk.Send(2, 2));
        Assert.Single(desk.Pump());
        var at = desk.WakesAt!.Value;
        Assert.InRange(at - desk.Now, TimeSpan.FromSeconds(2.6), TimeSpan.FromSeconds(3.1));
        desk.Now = at.AddTicks(-1);
        Assert.Empty(desk.Pump());
        desk.Now = at;
        Assert.Single(desk.Pump());
        Assert.Empty(desk.Pump());
    }

    [Fact]
    public void Call_that_leaves_long_after_its_slot_was_taken_moves_the_next_one()
    {
        var desk = new NumberDesk(NumberDesk.Slow).Queue(NumberDesk.Send(1, 1), NumberDesk.Send(2, 2));
        var send = Assert.Single(desk.Pump());
        var next = desk.WakesAt!.Value;
        desk.Now += TimeSpan.FromMilliseconds(900);
        desk.Tell(send.LateAt(desk.Now)!);
        Assert.Equal(next.AddMilliseconds(900), desk.WakesAt);
        desk.Now = desk.WakesAt!.Value.AddTicks(-1);
        Assert.Empty(desk.Pump());
        desk.Now = desk.Now.AddTicks(1);
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Call_that_leaves_within_what_slots_catch_up_is_no_news()
    {
        var send = Assert.Single(new NumberDesk(NumberDesk.Slow).Queue(NumberDesk.Send(1)).Pump());
        Assert.Equal(Given.Now, send.Slot);
        Assert.Null(send.LateAt(Given.Now.AddMilliseconds(40)));
        var late = Given.Now.AddMilliseconds(41);
        Assert.Equal(new SendStarted(Given.Id(1), 1, late), send.LateAt(late));
    }

    [Fact]
    public void Fast_number_takes_the_slots_of_the_next_moments_together()
    {
        var desk = new NumberDesk().Queue([.. Enumerable.Range(1, 40).Select(i => NumberDesk.Send(i, contact: i))]);
        var interval = Gcra.Fresh(4_800).Interval;
        var first = desk.Pump();
        Assert.Equal(16, first.Count);
        Assert.InRange(first[0].Slot, Given.Now - Gcra.Fresh(4_800).Burst, Given.Now);
        Assert.All(first.Zip(first.Skip(1)), pair =>
            Assert.Equal(interval, pair.Second.Slot - pair.First.Slot));
        Assert.All(desk.Changes<AttemptStarted>(), started => Assert.Equal(Given.Now, started.At));

        desk.Now = desk.WakesAt!.Value;
        Assert.InRange(desk.Now - Given.Now, TimeSpan.FromMilliseconds(95), TimeSpan.FromMilliseconds(110));
        var more = desk.Pump();
        Assert.InRange(more.Count, 7, 9);
        Assert.Equal(interval, more[0].Slot - first[^1].Slot);
        Assert.Equal(4_800, more[0].PerMinute);
    }

    [Fact]
    public void Deadline_is_looked_at_for_the_slot_that_is_taken_ahead()
    {
        var late = NumberDesk.Send(2, contact: 2);
        var desk = new NumberDesk().Queue(
            NumberDesk.Send(1), late with { Row = late.Row with { Deadline = Given.Now.AddMilliseconds(5) } });
        Assert.Equal(Given.Id(1), Assert.Single(desk.Pump()).Message);
        Assert.Equal("deadline_passed", Assert.Single(desk.Changes<StatusRaised>()).Error!.Reason);
    }

    [Fact]
    public void Call_of_a_fast_number_is_late_when_the_next_slot_may_have_been_taken()
    {
        var send = Assert.Single(new NumberDesk().Queue(NumberDesk.Send(1)).Pump());
        Assert.Null(send.LateAt(send.Slot.AddMilliseconds(100)));
        Assert.NotNull(send.LateAt(send.Slot.AddMilliseconds(101)));
    }

    [Fact]
    public void Messages_to_one_contact_leave_one_after_the_other()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1), NumberDesk.Send(2));
        Assert.Equal(Given.Id(1), Assert.Single(desk.Pump()).Message);
        desk.Now += TimeSpan.FromSeconds(1);
        Assert.Empty(desk.Pump());
        desk.Complete(1, SendOutcome.Accepted("w", null));
        Assert.Equal(Given.Id(2), Assert.Single(desk.Pump()).Message);
    }

    [Fact]
    public void Doubt_holds_its_recipient_for_28_seconds_and_nobody_else()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1), NumberDesk.Send(2));
        desk.Pump();
        desk.Complete(1, SendOutcome.InDoubt("timeout"));
        Assert.Equal(Given.Now + SendQueue.DoubtHoldsFor, desk.WakesAt);
        desk.Now += TimeSpan.FromSeconds(27);
        Assert.Empty(desk.Pump());
        Assert.Equal(Given.Id(3), Assert.Single(desk.Queue(NumberDesk.Send(3, contact: 2)).Pump()).Message);
        desk.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(Given.Id(2), Assert.Single(desk.Pump()).Message);
        Assert.Contains(desk.Rows, row => row.Message == Given.Id(1));
    }

    [Fact]
    public void Doubt_ends_after_ten_minutes_of_healthy_intake_however_long_that_takes()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        desk.Pump();
        desk.Now += TimeSpan.FromHours(5);
        desk.Healthy = TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1);
        desk.Pump();
        Assert.Single(desk.Rows);
        desk.Healthy = TimeSpan.FromMinutes(10);
        desk.Look();
        Assert.Single(desk.Rows);
        desk.Pump();
        Assert.Empty(desk.Rows);
        Assert.Equal(MessageStatus.Unknown, Assert.Single(desk.Changes<StatusRaised>()).Status);
        Assert.Equal("unknown_outcome", Assert.Single(desk.Changes<AlertRaised>()).Kind);
        Assert.Equal(MessageStatus.Unknown, Assert.Single(desk.Settled).Status);
    }

    [Fact]
    public void Proof_whose_hint_was_lost_is_found_before_anything_is_sent_again()
    {
        var desk = new NumberDesk { Resends = true }.Queue(NumberDesk.Send(1));
        desk.Pump();
        desk.Healthy = TimeSpan.FromMinutes(10);
        desk.Now += TimeSpan.FromMinutes(10);
        desk.Pump();
        var row = Assert.Single(desk.Rows);
        desk.Tell(new AdoptRows([NumberDesk.Send(1) with { Row = row, Status = MessageStatus.Delivered }]));
        Assert.Empty(desk.Pump());
        Assert.Empty(desk.Rows);
        Assert.Equal("settled_by_status", Assert.Single(desk.Changes<AttemptEnded>()).Outcome);
    }

    [Fact]
    public void Number_that_was_written_elsewhere_waits_for_what_the_clocks_may_differ_by()
    {
        var desk = new NumberDesk(notBefore: Given.Now.AddSeconds(4)).Queue(NumberDesk.Send(1));
        Assert.Empty(desk.Pump());
        Assert.Equal(Given.Now.AddSeconds(4), desk.WakesAt);
        desk.Now = Given.Now.AddSeconds(4);
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void Tenant_that_wants_it_has_the_unknown_sent_again()
    {
        var desk = new NumberDesk { Resends = true, Healthy = TimeSpan.FromHours(1) }.Queue(NumberDesk.Send(1));
        desk.Pump();
        desk.Healthy += TimeSpan.FromMinutes(10);
        desk.Now += TimeSpan.FromMinutes(10);
        desk.Look();
        Assert.Equal(2, Assert.Single(desk.Pump()).Attempt);
        Assert.Equal("unknown", Assert.Single(desk.Changes<AttemptEnded>()).Outcome);
    }

    [Fact]
    public void Doubt_whose_row_is_gone_is_forgotten_by_a_write_that_fails_where_the_number_lives_elsewhere()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        desk.Pump();
        desk.Healthy += TimeSpan.FromMinutes(10);
        desk.Pump();
        desk.Tell(new AdoptRows([]));
        Assert.Equal(0, desk.Work.Queue.Count);
        Assert.Single(desk.Changes<PhoneNumberWritten>());
    }

    [Fact]
    public void Deadline_and_window_are_looked_at_again_at_the_attempt()
    {
        var late = NumberDesk.Send(1);
        var closed = NumberDesk.Send(2, contact: 2);
        var desk = new NumberDesk().Queue(
            late with { Row = late.Row with { Deadline = Given.Now.AddSeconds(1) } },
            closed with { Row = closed.Row with { WindowClosesAt = Given.Now.AddSeconds(1) } },
            NumberDesk.Send(3, contact: 3));
        desk.Now = Given.Now.AddSeconds(1);
        Assert.Equal(Given.Id(3), Assert.Single(desk.Pump()).Message);
        Assert.Equal(
            [MessageStatus.Expired, MessageStatus.Failed],
            desk.Changes<StatusRaised>().Select(change => change.Status));
        Assert.Equal(2, desk.Settled.Count);
        Assert.Single(desk.Rows);
    }

    [Fact]
    public void Stopped_number_starts_nothing_until_it_is_let_go()
    {
        var desk = new NumberDesk().Queue(NumberDesk.Send(1));
        desk.Tell(new QualityChanged(QualityEvent.Stop, "banned", desk.Now));
        Assert.Empty(desk.Pump());
        Assert.Equal(desk.Rows.Single().Deadline, desk.WakesAt);
        desk.Tell(new QualityChanged(QualityEvent.Resume, "", desk.Now));
        Assert.Equal(desk.Now, desk.WakesAt);
        Assert.Single(desk.Pump());
    }

    [Fact]
    public void One_turn_starts_a_bounded_number()
    {
        var desk = new NumberDesk(NumberDesk.Fast with { Throughput = ThroughputLevel.High, CeilingPerMinute = 1e9 });
        desk.Queue([.. Enumerable.Range(1, 100).Select(i => NumberDesk.Send(i, contact: i))]);
        var started = 0;
        for (var i = 0; i < 100; i++)
        {
            var turn = desk.Pump().Count;
            Assert.InRange(turn, 0, 32);
            started += turn;
            desk.Now = desk.WakesAt ?? desk.Now;
        }

        Assert.Equal(100, started);
    }
}
