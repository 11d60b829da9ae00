using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Bulk;

public sealed class BulkSendTests
{
    private static readonly BulkSendId Id = new(900);
    private static readonly PhoneNumberId Other = new(102);

    private BulkSendState _state = BulkSendState.None(Given.Tenant, Id);
    private DateTimeOffset _now = Given.Now;
    private Turn<BulkSendState> _last = null!;

    private Turn<BulkSendState> Tell(OwnerMessage message)
    {
        _last = TurnCheck.Run(_state, state => BulkSend.Decide(state, message, _now));
        _state = _last.Next;
        return _last;
    }

    private void Create(int total = 10) => Tell(new CreateBulkSend(
        new BulkDraft(
            "spring", [Given.Number, Other], new TextContent("hi", false), Lane.Campaign, _now.AddHours(1), total),
        Given.Key));

    private bool IsCarriedOut => _last.Effects.OfType<CarryOut>().Any();

    private IEnumerable<bool> Holds => _last.Effects.OfType<Tell>().Select(tell => tell.Message).OfType<HoldSend>()
        .Select(hold => hold.Held);

    private DateTimeOffset LooksAgain => Assert.Single(_last.Effects.OfType<WakeAt>()).At;

    [Fact]
    public void New_send_runs_at_once_and_keeps_its_answer_under_the_callers_key()
    {
        Create();
        Assert.True(IsCarriedOut);
        Assert.Equal((BulkPhase.Running, 10, 0, _now), (_state.Phase, _state.Total, _state.Cursor, _state.CreatedAt));
        Assert.Single(_last.Changes.OfType<IdempotencyKept>());
        Assert.IsType<Refused>(Tell(new CreateBulkSend(
            new BulkDraft("", [], new TextContent("x", false), Lane.Reply, _now, 1), null)).Reply);
    }

    [Fact]
    public void Nothing_is_known_of_a_send_that_was_never_made() =>
        Assert.Equal(new Refused(Refusals.NotFound), Tell(new PauseBulkSend(null)).Reply);

    [Fact]
    public void Cursor_only_moves_forward_and_the_next_round_comes_when_it_makes_sense()
    {
        Create();
        Tell(new BulkSendAdvanced(4, null, TimeSpan.Zero));
        Assert.True(IsCarriedOut);
        Tell(new BulkSendAdvanced(2, null, TimeSpan.FromSeconds(10)));
        Assert.False(IsCarriedOut);
        Assert.Equal((4, _now.AddSeconds(10)), (_state.Cursor, LooksAgain));
        Assert.Empty(_last.Changes);
    }

    [Fact]
    public void Round_that_is_never_heard_of_is_looked_for_within_a_minute()
    {
        Create();
        Assert.Equal(_now.AddMinutes(1), LooksAgain);
        Assert.True(Tell(Wake.Message).Effects.OfType<CarryOut>().Any());
    }

    [Fact]
    public void Send_ends_when_all_had_their_turn_and_no_queue_holds_any()
    {
        Create();
        Tell(new BulkSendAdvanced(10, 3, TimeSpan.FromSeconds(3)));
        Assert.Equal(BulkPhase.Running, _state.Phase);
        Tell(new BulkSendAdvanced(10, 0, TimeSpan.FromSeconds(3)));
        Assert.Equal((BulkPhase.Ended, _now, null), (_state.Phase, _state.EndedAt, _state.Ends));
        Assert.Equal(0, Assert.Single(_last.Effects.OfType<RowsClaimed>()).Rows);
        Tell(Wake.Message);
        Assert.Empty(_last.Effects);
    }

    [Fact]
    public void Paused_send_is_held_at_its_numbers_and_takes_no_step()
    {
        Create();
        Tell(new PauseBulkSend(null));
        Assert.Equal([true, true], Holds);
        Assert.False(IsCarriedOut);
        Tell(new BulkSendAdvanced(7, null, TimeSpan.Zero));
        Assert.Equal((BulkPhase.Paused, 0), (_state.Phase, _state.Cursor));
        Assert.Equal([true, true], (Tell(Wake.Message), Holds).Holds);
        Tell(new ResumeBulkSend(null));
        Assert.Equal([false, false], Holds);
        Assert.True(IsCarriedOut);
    }

    [Fact]
    public void Cancelled_send_drops_who_is_left_and_ends_once_its_queues_are_empty()
    {
        Create();
        Tell(new BulkSendAdvanced(4, null, TimeSpan.Zero));
        Tell(new CancelBulkSend(null));
        Assert.Equal((BulkPhase.Closing, "cancelled"), (_state.Phase, _state.Ends));
        Assert.Equal([true, true], Holds);
        Tell(new DropRecipients(4, 10, "cancelled"));
        Assert.Equal(
            new BulkRecipientsDropped(Given.Tenant, Id, 4, 10, "cancelled"), Assert.Single(_last.Changes));
        Tell(new BulkSendAdvanced(10, 0, TimeSpan.Zero));
        Assert.Equal(BulkPhase.Ended, _state.Phase);
        Assert.Equal([false, false], Holds);
        Assert.Equal(new Refused(Refusals.SendEnded), Tell(new ResumeBulkSend(null)).Reply);
        Assert.IsType<BulkSendView>(Tell(new CancelBulkSend(null)).Reply);
    }

    [Fact]
    public void Deadline_ends_a_running_and_a_paused_send()
    {
        Create();
        Tell(new PauseBulkSend(null));
        Tell(Wake.Message);
        Assert.Equal(_state.Deadline, LooksAgain);
        _now = _state.Deadline;
        Tell(Wake.Message);
        Assert.Equal((BulkPhase.Closing, "deadline_passed"), (_state.Phase, _state.Ends));
    }

    [Fact]
    public void Point_of_a_round_is_remembered_and_an_older_one_changes_nothing()
    {
        Create();
        Assert.False(DrainHistory.IsDue(_state, _now.AddSeconds(4)));
        Assert.True(DrainHistory.IsDue(_state, _now.AddSeconds(5)));
        var point = new DrainPoint(_now.AddSeconds(5), 3, 2, 1, 0);
        Tell(new BulkSendAdvanced(0, null, TimeSpan.FromSeconds(10)) { Point = point });
        Assert.Equal([point], _state.Drain!);
        Tell(new BulkSendAdvanced(0, null, TimeSpan.FromSeconds(10)) { Point = point with { Sent = 9 } });
        Assert.Equal([point], _state.Drain!);
        Assert.Empty(_last.Changes);
    }

    [Theory]
    [InlineData(10, 3_600)]
    [InlineData(1_000_000, 3_600)]
    [InlineData(10, 30 * 86_400)]
    public void History_stays_short_and_even_however_long_it_gets(int total, int seconds)
    {
        Create(total);
        IReadOnlyList<DrainPoint>? points = null;
        for (var second = 0; second <= seconds; second += 5)
        {
            var now = _now.AddSeconds(second);
            if (DrainHistory.IsDue(_state with { Drain = points }, now))
            {
                points = DrainHistory.With(points, new DrainPoint(now, second, 0, 0, 0));
            }
        }

        Assert.InRange(points!.Count, 30, DrainHistory.PointsMax);
        Assert.Equal(points.OrderBy(point => point.At), points);
        Assert.All(
            points.Zip(points.Skip(1)),
            pair => Assert.True(pair.Second.At - pair.First.At <= TimeSpan.FromSeconds(Math.Max(55, seconds / 15.0))));
    }

    [Fact]
    public void Deadline_leaves_a_send_alone_whose_recipients_all_had_their_turn()
    {
        Create();
        Tell(new BulkSendAdvanced(10, 3, TimeSpan.FromSeconds(3)));
        _now = _state.Deadline;
        Tell(Wake.Message);
        Assert.Equal(BulkPhase.Running, _state.Phase);
    }
}
