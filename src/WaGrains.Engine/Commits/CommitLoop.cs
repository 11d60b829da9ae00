using System.Threading.Channels;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Commits;

/// <summary>
/// The one committer of a silo: what was staged while the last commit ran is the next one. No timer, one commit in
/// flight: a second one would collide with the first at the fence, and waiting gains nothing but latency (measured).
/// </summary>
public sealed class CommitLoop(Staging staging, IStore store, TimeProvider clock, ICommitWatch watch)
{
    /// <summary>Holds one signal at most; its one reader waits without allocating.</summary>
    private readonly Channel<bool> _staged = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Commits until told to stop, then once more for what is left. Ends early when the fence is
    /// lost.</summary>
    /// <param name="opened">The fence that <see cref="IStore.Open"/> gave.</param>
    /// <param name="stopping">Stop when nothing is staged any more.</param>
    /// <returns>Whether the right to write was kept until the end.</returns>
    public async Task<bool> Run(Fence opened, CancellationToken stopping)
    {
        staging.WhenStaged(Signal);
        await using var stop = stopping.Register(Signal);
        var fence = opened;
        while (true)
        {
            _staged.Reader.TryRead(out _);
            var taken = staging.Take();
            if (taken.Count == 0)
            {
                if (staging.Waiting > 0)
                {
                    // All that was taken was void; what is behind it has given its signal already.
                    continue;
                }

                if (stopping.IsCancellationRequested)
                {
                    return true;
                }

                await _staged.Reader.WaitToReadAsync(CancellationToken.None);
                continue;
            }

            var started = clock.GetTimestamp();
            var (rows, positions) = Staging.Rows(taken);
            var result = CommitResult.Durable;
            if (rows.Count > 0)
            {
                var next = fence with { Batch = fence.Batch + 1 };
                result = await store.Commit(new CommitBatch(next, rows), CancellationToken.None);
                fence = result.Verdict == CommitVerdict.Durable ? next : fence;
            }

            watch.Committed(taken.Count, rows.Count, result, clock.GetElapsedTime(started));
            staging.Settle(taken, positions, result, started);
            if (result.Verdict == CommitVerdict.FenceLost)
            {
                staging.Close();
                return false;
            }
        }
    }

    private void Signal() => _staged.Writer.TryWrite(true);
}

/// <summary>Watches commits go by: for metrics.</summary>
public interface ICommitWatch
{
    /// <summary>One commit is settled.</summary>
    /// <param name="turns">Turns taken.</param>
    /// <param name="withRows">Of those, how many had rows.</param>
    /// <param name="result">How it went.</param>
    /// <param name="took">How long the store took.</param>
    void Committed(int turns, int withRows, CommitResult result, TimeSpan took);
}
