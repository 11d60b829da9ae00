using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Tests.Commits;

public sealed class CommitLoopTests : IDisposable
{
    private static readonly OwnerKey One = OwnerKey.Of(Bench.Tenant, new AgentId(1));

    private readonly Bench _bench = new();
    private readonly HandStore _store = new();
    private readonly List<string> _settled = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly CommitLoop _loop;

    public CommitLoopTests() => _loop = new CommitLoop(_bench.Staging, _store, _bench.Clock, new Unwatched());

    public void Dispose() => _stopping.Dispose();

    private Task<bool> Begin() => _loop.Run(new Fence("a", 1, 0), _stopping.Token);

    private void Stage(string name) => _bench.Staging.StageRows(
        One, [new TimerSet(One, name, DateTimeOffset.UnixEpoch)], [],
        outcome => _settled.Add($"{name} {outcome.Fate}"));

    [Fact]
    public async Task What_is_staged_during_a_commit_is_the_next_batch_and_one_is_in_flight()
    {
        Stage("a");
        var run = Begin();
        Stage("b");
        Stage("c");
        Assert.Single(_store.Batches);
        await _store.Answer(CommitResult.Durable);
        Assert.Equal([1, 2], _store.Batches.Select(batch => batch.Turns.Count));
        Assert.Equal([1L, 2L], _store.Batches.Select(batch => batch.Fence.Batch));
        Assert.Equal(["a Committed"], _settled);
        await _stopping.CancelAsync();
        await _store.Answer(CommitResult.Durable);
        Assert.True(await run);
        Assert.Equal(["a Committed", "b Committed", "c Committed"], _settled);
    }

    [Fact]
    public async Task Number_of_the_batch_advances_only_with_durable_ones()
    {
        Stage("a");
        var run = Begin();
        Stage("b");
        await _store.Answer(CommitResult.Unavailable);
        Assert.Equal([1L, 1L], _store.Batches.Select(batch => batch.Fence.Batch));
        await _stopping.CancelAsync();
        await _store.Answer(CommitResult.Durable);
        Assert.True(await run);
        Assert.Equal(["a Void", "b Committed"], _settled);
    }

    [Fact]
    public async Task Lost_fence_ends_the_loop_and_voids_what_waits()
    {
        Stage("a");
        var run = Begin();
        Stage("b");
        await _store.Answer(CommitResult.FenceLost);
        Assert.False(await run);
        Assert.Equal(["a Void", "b Void"], _settled);
        Assert.Single(_store.Batches);
    }

    [Fact]
    public async Task Batch_of_void_turns_does_not_keep_what_is_behind_it_waiting()
    {
        var dropped = new Activation<int>(OwnerKey.Of(Bench.Tenant, new AgentId(2)), 0, _bench.Staging);
        for (var i = 0; i < Limits.BatchTurnsMax; i++)
        {
            dropped.Run(
                (state, _, _) => Turn.Accept(state).Change(new TimerSet(One, "x", DateTimeOffset.UnixEpoch)),
                Wake.Message,
                default,
                new TurnCallback(static _ => { }));
        }

        Stage("behind");
        dropped.Drop();
        var run = Begin();
        Assert.Single(_store.Batches);
        await _stopping.CancelAsync();
        await _store.Answer(CommitResult.Durable);
        Assert.True(await run);
        Assert.Equal(["behind Committed"], _settled);
    }

    /// <summary>A store whose commits are answered by the test.</summary>
    private sealed class HandStore : IStore
    {
        private TaskCompletionSource<CommitResult> _answer = new();

        public List<CommitBatch> Batches { get; } = [];

        public IReads Reads => throw new NotSupportedException();

        public ValueTask<Fence> Open(string silo, CancellationToken cancel) => throw new NotSupportedException();

        public async ValueTask<CommitResult> Commit(CommitBatch batch, CancellationToken cancel)
        {
            Batches.Add(batch);
            return await _answer.Task;
        }

        /// <summary>The loop goes on in place, up to its next wait.</summary>
        public Task Answer(CommitResult result)
        {
            var answer = _answer;
            _answer = new TaskCompletionSource<CommitResult>();
            answer.SetResult(result);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Unwatched : ICommitWatch
    {
        public void Committed(int turns, int withRows, CommitResult result, TimeSpan took)
        {
        }
    }
}
