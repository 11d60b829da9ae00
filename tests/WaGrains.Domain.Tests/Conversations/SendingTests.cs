using WaGrains.Domain.Conversations;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Tests.Conversations;

public sealed class SendingTests
{
    [Fact]
    public void Message_is_archived_queued_and_handed_to_its_number()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Depth = 4;
        desk.Tell(Given.Send(1, Given.Text("hi"), Given.Ana));

        Assert.Equal(new SendReceipt(Given.Id(1), 1, 5), desk.Last.Reply);
        var row = Assert.Single(desk.Queued);
        Assert.Equal((1L, Lane.Reply, 0, QueuePhase.Queued), (row.Ordinal, row.Lane, row.Attempt, row.Phase));
        Assert.Equal(desk.State.Window.ClosesAt, row.WindowClosesAt);
        Assert.Equal(Given.Now + Sending.DefaultDeadline, row.Deadline);
        Assert.Equal([MessageStatus.Queued], desk.Archived);
        Assert.Equal(row, Assert.Single(Assert.Single(desk.Hints<EnqueueSends>(ConversationDesk.Number)).Sends).Row);
    }

    [Fact]
    public void Ordinals_have_no_gap_and_each_hint_names_what_is_before_it()
    {
        var desk = ConversationDesk.HeldByAna().Told(Given.Send(1, Given.Text("a"), Given.Ana));
        desk.Tell(Given.Send(2, Given.Text("pix"), Given.Ana));
        desk.Tell(Given.Send(3, Given.Text("b"), Given.Ana));
        Assert.Equal(2, Assert.Single(desk.Queued).Ordinal);
        Assert.Equal([Given.Id(1)], Assert.Single(desk.Hints<EnqueueSends>(ConversationDesk.Number)).Earlier);
    }

    [Fact]
    public void Template_needs_no_window_and_its_row_has_none()
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Send(1, Given.Template(), lane: Lane.Utility));
        Assert.Null(desk.RefusalCode);
        Assert.Null(Assert.Single(desk.Queued).WindowClosesAt);
        Assert.Equal(new Recipient("5511999990000", null), desk.State.To);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "service_window_closed")]
    public void Window_is_open_until_the_very_second(int seconds, string? refusal)
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Now = desk.State.Window.ClosesAt.AddSeconds(seconds);
        desk.Tell(Given.Send(1, Given.Text("hi"), Given.Ana));
        Assert.Equal(refusal, desk.RefusalCode);
    }

    [Fact]
    public void Only_the_holder_writes_as_an_agent()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(Given.Send(1, Given.Text("hi"), Given.Bo));
        Assert.Equal("not_the_holder", desk.RefusalCode);
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void Conversation_of_nobody_is_not_found()
    {
        var desk = new ConversationDesk();
        desk.Tell(Given.Send(1, Given.Text("hi")) with { To = null });
        Assert.Equal("not_found", desk.RefusalCode);
    }

    [Fact]
    public void Known_contact_is_not_renamed_by_a_send()
    {
        var desk = ConversationDesk.Waiting();
        desk.Tell(Given.Send(1, Given.Text("hi")) with { To = new Recipient("4915112345678", null) });
        Assert.Equal("5511999990000", Assert.Single(desk.Queued).To.Phone);
    }

    [Fact]
    public void Forbidden_words_are_refused_with_an_alert()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(Given.Send(1, Given.Text("my pix is"), Given.Ana));
        Assert.Equal("forbidden_words", desk.RefusalCode);
        Assert.Equal("forbidden_words", Assert.Single(desk.Changes<AlertRaised>()).Kind);
        Assert.Empty(desk.Queued);
    }

    [Fact]
    public void Full_queue_refuses_with_a_time()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Depth = 10;
        desk.Tell(Given.Send(1, Given.Text("hi"), Given.Ana));
        Assert.Equal("send_queue_full", desk.RefusalCode);
        Assert.NotNull(((Refused)desk.Last.Reply).Refusal.RetryAfter);
    }

    [Fact]
    public void Answer_is_kept_under_its_key_refusals_too()
    {
        var desk = ConversationDesk.HeldByAna();
        desk.Tell(Given.Send(1, Given.Text("hi"), Given.Ana) with { Idempotency = Given.Key });
        Assert.Equal(desk.Last.Reply, Assert.Single(desk.Changes<IdempotencyKept>()).Answer);
        desk.Tell(Given.Send(2, Given.Text("hi"), Given.Bo) with { Idempotency = Given.Key });
        var kept = Assert.Single(desk.Changes<IdempotencyKept>());
        Assert.Equal((desk.Last.Reply, (UInt128)77), (kept.Answer, kept.BodyHash));
        Assert.Empty(desk.Changes<ConversationWritten>());
    }

    [Fact]
    public void Unsettled_messages_are_bounded()
    {
        var desk = ConversationDesk.HeldByAna();
        for (var i = 1; i <= 70; i++)
        {
            desk.Tell(Given.Send(i, Given.Text("hi"), Given.Ana));
        }

        Assert.Equal(64, desk.State.Unsettled.Count);
        Assert.Equal(Given.Id(70), desk.State.Unsettled[^1]);
    }
}
