using WaGrains.Domain.Conversations;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tests.Turns;

namespace WaGrains.Domain.Tests.Conversations;

public sealed class StatusesTests
{
    internal static ReceiveStatuses Status(int message, MessageStatus status, int code = 0) => new(
    [
        new StatusOfAttempt(Given.Id(message), 1, new StatusUpdate(
            $"out{message}", status, Given.Now, null, code == 0 ? null : new SendError(code, "why", null), "service",
            "regular")),
    ]);

    private static ConversationDesk Sent() =>
        ConversationDesk.HeldByAna().Told(Given.Send(1, Given.Text("a"), Given.Ana));

    [Fact]
    public void Status_moves_the_row_and_writes_no_state()
    {
        var desk = Sent();
        var version = desk.State.Version;
        desk.Tell(Status(1, MessageStatus.Sent));
        var raised = Assert.Single(desk.Changes<StatusRaised>());
        Assert.Equal((MessageStatus.Sent, "out1", "service/regular"), (raised.Status, raised.Wamid, raised.Pricing));
        Assert.Equal(version, desk.State.Version);
    }

    [Fact]
    public void Number_is_told_while_the_message_is_not_known_to_be_settled()
    {
        var desk = Sent();
        desk.Tell(Status(1, MessageStatus.Sent));
        Assert.Single(desk.Hints<SettledByStatus>(ConversationDesk.Number));
        desk.Told(new SendSettled(Given.Id(1), MessageStatus.Sent, "out1")).Tell(Status(1, MessageStatus.Delivered));
        Assert.Empty(desk.Hints<SettledByStatus>(ConversationDesk.Number));
        Assert.Empty(desk.State.Unsettled);
    }

    [Fact]
    public void Number_is_told_of_every_failure()
    {
        var desk = Sent().Told(new SendSettled(Given.Id(1), MessageStatus.Accepted, "out1"));
        desk.Tell(Status(1, MessageStatus.Failed, 131048));
        Assert.Single(desk.Hints<SettledByStatus>(ConversationDesk.Number));
    }

    [Fact]
    public void Settled_of_another_message_is_forgotten_at_once()
    {
        var desk = Sent();
        desk.Tell(new SendSettled(Given.Id(9), MessageStatus.Accepted, null));
        Assert.Equal([Given.Id(1)], desk.State.Unsettled);
        Assert.Empty(desk.Last.Changes);
    }

    [Fact]
    public void Alias_takes_statuses_of_what_it_sent()
    {
        var desk = Sent()
            .Told(new MergeInto(new Domain.Ids.ConversationId(Given.Number, new Domain.Ids.ContactId(400))));
        desk.Tell(Status(1, MessageStatus.Delivered));
        Assert.Single(desk.Changes<StatusRaised>());
        Assert.Single(desk.Hints<SettledByStatus>(ConversationDesk.Number));
    }
}
