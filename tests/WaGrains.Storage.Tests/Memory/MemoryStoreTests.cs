using WaGrains.Domain.Conversations;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Memory;

namespace WaGrains.Storage.Tests.Memory;

/// <summary>What simulation needs of the store in memory beyond the contract.</summary>
public sealed class MemoryStoreTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly MemoryStore _store = new();

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Silos_write_side_by_side_until_one_is_declared_dead()
    {
        var one = await Open("one");
        var two = await Open("two");
        Assert.Equal(CommitVerdict.Durable, await Commit(one, 1, 1));
        Assert.Equal(CommitVerdict.Durable, await Commit(two, 1, 2));
        _store.Close("one");
        Assert.Equal(CommitVerdict.FenceLost, await Commit(one, 2, 3));
        Assert.Equal(CommitVerdict.Durable, await Commit(two, 2, 3));
        var again = await Open("one");
        Assert.Equal(CommitVerdict.FenceLost, await Commit(one, 2, 4));
        Assert.Equal(CommitVerdict.Durable, await Commit(again, 1, 4));
        Assert.Equal(4, _store.Snapshot().Messages.Count);
    }

    [Fact]
    public async Task Every_call_has_completed_when_it_returns()
    {
        var open = _store.Open("one", CancellationToken.None).AsTask();
        Assert.True(open.IsCompletedSuccessfully);
        var batch = new CommitBatch(await open with { Batch = 1 }, [StoreUnderTest.Turn(1, Sample.Inbound(1))]);
        Assert.True(_store.Commit(batch, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        var read = _store.Reads.Message(Sample.Acme, Sample.Id(1), CancellationToken.None).AsTask();
        Assert.True(read.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Snapshot_shows_every_row_and_stays_as_it_was()
    {
        var fence = await Open("one");
        var attempt = new AttemptStarted(Sample.Acme, Sample.Number, Sample.Id(1), 1, Sample.At(2));
        var turn = StoreUnderTest.Turn(
            1,
            Sample.Outbound(1),
            new QueueRowAdded(Sample.Row(1)),
            attempt,
            Sample.Write(Sample.Conversation(100)),
            Sample.NumberRow(),
            Sample.Alert(1));
        await _store.Commit(new CommitBatch(fence with { Batch = 1 }, [turn]), CancellationToken.None);
        var before = _store.Snapshot();
        var closed = Sample.Conversation(100, version: 2) with { Phase = ConversationPhase.Closed };
        var next = StoreUnderTest.Turn(1, Sample.Write(closed), new QueueRowRemoved(Sample.Acme, new(7), Sample.Id(1)));
        await _store.Commit(new CommitBatch(fence with { Batch = 2 }, [next]), CancellationToken.None);
        Assert.Equal(QueuePhase.Attempting, Assert.Single(before.Queue).Phase);
        Assert.Equal(ConversationPhase.New, Assert.Single(before.Conversations).Phase);
        Assert.Equal(Sample.With(100), Assert.Single(before.Attempts).Conversation);
        Assert.Equal((1, 1, 1), (before.Messages.Count, before.Numbers.Count, before.Alerts.Count));
        Assert.Empty(_store.Snapshot().Queue);
        Assert.Equal(ConversationPhase.Closed, Assert.Single(_store.Snapshot().Conversations).Phase);
    }

    private async Task<Fence> Open(string silo) => await _store.Open(silo, CancellationToken.None);

    private async Task<CommitVerdict> Commit(Fence fence, long batch, int message)
    {
        var turn = StoreUnderTest.Turn(1, Sample.Inbound(message));
        var result = await _store.Commit(new CommitBatch(fence with { Batch = batch }, [turn]), CancellationToken.None);
        return result.Verdict;
    }
}
