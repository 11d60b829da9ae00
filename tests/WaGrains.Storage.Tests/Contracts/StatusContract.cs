using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>A status only moves forward (MUST D2).</summary>
public abstract class StatusContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    private static readonly MessageStatus[] All = Enum.GetValues<MessageStatus>();

    [Fact]
    public async Task Every_pair_of_statuses_ends_at_the_one_that_is_further()
    {
        Assert.Equal(11, All.Length);
        foreach (var from in All)
        {
            foreach (var to in All)
            {
                var n = ((int)from * All.Length) + (int)to;
                await Store.Keep(new MessageAdded(Sample.Outbound(n).Row with { Status = from }));
                await Store.Keep(Raise(n, to, n + 0.5));
                var read = await Read(n);
                var moved = (int)to > (int)from;
                Assert.Equal((from, to, moved ? to : from), (from, to, read.Row.Status));
                Assert.Equal(moved ? Sample.At(n + 0.5) : Sample.At(n), read.StatusAt);
            }
        }
    }

    [Fact]
    public async Task Message_remembers_when_it_was_sent_and_delivered_though_it_was_read_since()
    {
        await Store.Keep(Sample.Outbound(1), Sample.Outbound(2));
        await Store.Keep(Raise(1, MessageStatus.Sent, 2), Raise(1, MessageStatus.Delivered, 3));
        await Store.Keep(Raise(1, MessageStatus.Sent, 4));
        await Store.Keep(Raise(1, MessageStatus.Read, 5));
        var read = await Read(1);
        Assert.Equal((Sample.At(2), Sample.At(3), Sample.At(5)), (read.SentAt, read.DeliveredAt, read.StatusAt));
        await Store.Keep(Raise(2, MessageStatus.Delivered, 3));
        await Store.Keep(Raise(2, MessageStatus.Sent, 4));
        read = await Read(2);
        Assert.Equal((null, Sample.At(3)), (read.SentAt, read.DeliveredAt));
    }

    [Fact]
    public async Task Wamid_is_set_once_even_where_the_status_does_not_move()
    {
        await Store.Keep(Sample.Outbound(1));
        await Store.Keep(Raise(1, MessageStatus.Delivered, 2));
        await Store.Keep(Raise(1, MessageStatus.Accepted, 3) with { Wamid = "wamid.first" });
        await Store.Keep(Raise(1, MessageStatus.Read, 4) with { Wamid = "wamid.second" });
        var read = await Read(1);
        Assert.Equal(("wamid.first", MessageStatus.Read), (read.Row.Wamid, read.Row.Status));
    }

    [Fact]
    public async Task Error_and_price_come_with_the_move_and_delivery_clears_the_error()
    {
        var error = new SendError(131026, "undeliverable", "no such user");
        await Store.Keep(Sample.Outbound(1));
        await Store.Keep(Raise(1, MessageStatus.Sent, 2) with { Pricing = "service/free" });
        await Store.Keep(Raise(1, MessageStatus.Failed, 3) with { Error = error });
        await Store.Keep(Raise(1, MessageStatus.Sent, 4) with { Error = null, Pricing = "late/late" });
        var failed = await Read(1);
        Assert.Equal((error, "service/free"), (failed.Error, failed.Pricing));
        await Store.Keep(Raise(1, MessageStatus.Delivered, 5));
        var delivered = await Read(1);
        Assert.Equal((null, "service/free"), (delivered.Error, delivered.Pricing));
    }

    [Fact]
    public async Task Failure_of_an_attempt_is_written_only_while_no_later_one_waits_or_runs()
    {
        var failed = Raise(1, MessageStatus.Failed, 9) with { Of = new AttemptOf(Sample.Number, 1), Wamid = "wamid.1" };
        await Store.Keep(Sample.Outbound(1), new QueueRowAdded(Sample.Row(1)));
        await Store.Keep(Start(1));
        await Store.Keep(new QueueRowReturned(Sample.Acme, Sample.Number, Sample.Id(1), 1, null));
        await Store.Keep(failed);
        await Store.Keep(Start(2));
        await Store.Keep(failed);
        Assert.Equal((MessageStatus.Queued, null), ((await Read(1)).Row.Status, (await Read(1)).Row.Wamid));
        await Store.Keep(failed with { Of = new AttemptOf(Sample.Number, 2) });
        Assert.Equal(MessageStatus.Failed, (await Read(1)).Row.Status);
    }

    [Fact]
    public async Task Failure_of_an_attempt_is_written_where_the_queue_has_let_the_message_go()
    {
        await Store.Keep(Sample.Outbound(1));
        await Store.Keep(Raise(1, MessageStatus.Accepted, 2));
        await Store.Keep(Raise(1, MessageStatus.Failed, 3) with { Of = new AttemptOf(Sample.Number, 1) });
        Assert.Equal(MessageStatus.Failed, (await Read(1)).Row.Status);
    }

    [Fact]
    public async Task Status_of_a_message_that_is_not_there_is_harmless()
    {
        await Store.Keep(Raise(1, MessageStatus.Sent, 2), Sample.Alert(1));
        Assert.Null(await Reads.Message(Sample.Acme, Sample.Id(1), CancellationToken.None));
    }

    private static AttemptStarted Start(int attempt) =>
        new(Sample.Acme, Sample.Number, Sample.Id(1), attempt, Sample.At(attempt));

    private static StatusRaised Raise(int n, MessageStatus status, double at) =>
        new(Sample.Acme, Sample.Id(n), status, Sample.At(at), null, null, null, null);

    private async Task<StoredMessage> Read(int n) =>
        await Reads.Message(Sample.Acme, Sample.Id(n), CancellationToken.None) ?? throw new InvalidOperationException();
}
