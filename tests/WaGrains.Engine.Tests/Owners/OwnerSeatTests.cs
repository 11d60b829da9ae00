using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;

namespace WaGrains.Engine.Tests.Owners;

public sealed class OwnerSeatTests
{
    private readonly Bench _bench = new();

    private ReceiveInbound Inbound(string wamid, string text = "hello")
    {
        var message = _bench.Inbound(wamid, text);
        return new ReceiveInbound(
            [new InboundDelivery(MessageId.Inbound(Bench.Tenant, wamid, message.SentAt), message)],
            new PersonNames("5511999990000", null, null, null), null, []);
    }

    [Fact]
    public void Answer_waits_for_the_commit()
    {
        var ask = _bench.Ask(Bench.Conversation, Bench.Send(1), default);
        Assert.False(ask.IsCompleted);
        Assert.Empty(_bench.Store.Snapshot().Messages);
        _bench.Commit();
        Assert.IsType<SendReceipt>(ask.Done());
        Assert.Single(_bench.Store.Snapshot().Queue);
    }

    [Fact]
    public void Read_sees_the_newest_turn_and_waits_for_it()
    {
        var send = _bench.Ask(Bench.Conversation, Bench.Send(1), default);
        var read = _bench.Ask(Bench.Conversation, new ReadConversation(), default);
        Assert.False(read.IsCompleted);
        Assert.Equal(1, ((ConversationView)_bench.Finish(read)).State.Ordinal);
        Assert.True(send.IsCompleted);
    }

    [Fact]
    public void Unavailable_store_is_told_to_the_caller_after_four_tries()
    {
        var ask = _bench.Ask(Bench.Conversation, Bench.Send(1), default);
        for (var i = 0; i < 4; i++)
        {
            Assert.False(ask.IsCompleted);
            _bench.NextResult = CommitResult.Unavailable;
            _bench.Commit();
        }

        Assert.Throws<OwnerUnavailableException>(() => ask.Done());
        Assert.IsType<SendReceipt>(_bench.Tell(Bench.Conversation, Bench.Send(1)));
        Assert.Single(_bench.Store.Snapshot().Messages);
    }

    [Fact]
    public void Activation_behind_the_store_is_loaded_again_and_the_turn_decided_anew()
    {
        _bench.Tell(Bench.Conversation, Bench.Send(1));
        var other = new OwnerSeat(Bench.Conversation, _bench.Loader, _bench.Staging, _bench.Clock);
        _bench.Finish(other.Ask(Bench.Send(2), default));
        var receipt = (SendReceipt)_bench.Tell(Bench.Conversation, Bench.Send(3));
        Assert.Equal(3, receipt.Ordinal);
        Assert.Equal([1L, 2L, 3L], _bench.Store.Snapshot().Queue.Select(row => row.Ordinal).Order());
    }

    [Fact]
    public void Repeat_that_memory_does_not_know_meets_its_first_at_the_store_and_is_dropped()
    {
        _bench.Tell(Bench.Conversation, Inbound("w1"));
        var version = Assert.Single(_bench.Store.Snapshot().Conversations).Version;

        // The same message by way of another conversation: only the archive knows it.
        var other = OwnerKey.Of(Bench.Tenant, new ConversationId(Bench.Number, new ContactId(501)));
        Assert.Equal(Done.Reply, _bench.Tell(other, Inbound("w1")));
        Assert.Single(_bench.Store.Snapshot().Messages);
        Assert.Equal(version, Assert.Single(_bench.Store.Snapshot().Conversations).Version);
    }

    [Fact]
    public void Decision_that_throws_twice_fails_and_the_owner_goes_on()
    {
        var bad = new RequeueConversation(Bench.Ana);
        var agent = OwnerKey.Of(Bench.Tenant, Bench.Ana);
        _bench.Tell(agent, new Domain.Agents.ConfigureAgent("Ana", default, null));
        Assert.Throws<OwnerFailedException>(() => _bench.Tell(agent, bad));
        Assert.Equal(
            Done.Reply, _bench.Tell(agent, new Domain.Agents.SetPresence(Domain.Agents.Presence.Available, false)));
    }

    [Fact]
    public void Rows_that_no_store_takes_fail_like_a_bug()
    {
        Assert.Throws<OwnerFailedException>(() => _bench.Tell(Bench.Conversation, Inbound("w1", "nul \0")));
        Assert.Equal(Done.Reply, _bench.Tell(Bench.Conversation, Inbound("w2")));
    }

    [Fact]
    public void Stopped_silo_answers_busy_callers_that_it_is_not_available()
    {
        _bench.Staging.Close();
        Assert.Throws<OwnerUnavailableException>(() => _bench.Ask(Bench.Conversation, Bench.Send(1), default).Done());
    }
}
