using Orleans.Runtime;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Turns;

namespace WaGrains.Grains.Moving;

/// <summary>
/// The seat of an owner that lives on this silo. Callers on the silo reach it without a message: their turn is queued
/// on the activation's own scheduler, which runs one at a time whoever queued it. The activation ends only when those
/// turns are answered.
/// </summary>
/// <param name="context">The activation.</param>
/// <param name="seat">Its seat.</param>
public sealed class LocalSeat(IGrainContext context, OwnerSeat seat)
{
    /// <summary>Added once to the count of calls when no more are let in.</summary>
    private const int Closed = int.MinValue;

    private TaskCompletionSource? _empty;
    private int _calls;

    /// <summary>The activation.</summary>
    public IGrainContext Context => context;

    /// <summary>Gives the owner a message; null where it is about to go: then Orleans knows where it lives
    /// next.</summary>
    public Task<Reply>? Ask(OwnerMessage message)
    {
        if (Interlocked.Increment(ref _calls) < 0)
        {
            Leave();
            return null;
        }

        var call = new Call(this, message);
        context.Scheduler.QueueTask(new Task(static call => ((Call)call!).Begin(), call));
        return call.Task;
    }

    /// <summary>Lets nobody in any more and waits until those inside are answered.</summary>
    public Task Close()
    {
        // Before nobody is let in: whoever leaves last looks for it.
        _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.Add(ref _calls, Closed) == Closed)
        {
            _empty.TrySetResult();
        }

        return _empty.Task;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _calls) == Closed)
        {
            _empty!.TrySetResult();
        }
    }

    /// <summary>
    /// A message under way. Its turn is run on the activation's scheduler; its answer goes straight from the committer
    /// to the caller, for nothing is decided after the commit. Only what does not commit at the first try comes back.
    /// </summary>
    private sealed class Call(LocalSeat here, OwnerMessage message)
        : TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public void Begin()
        {
            try
            {
                if (!here.Seat.TryTell(message, Settled))
                {
                    GoOn(null);
                }
            }
            catch (Exception bug)
            {
                here.Leave();
                SetException(bug);
            }
        }

        private void Settled(TurnOutcome outcome)
        {
            if (outcome.Fate == TurnFate.Committed)
            {
                here.Leave();
                SetResult(outcome.Reply!);
            }
            else
            {
                ComeBack(outcome);
            }
        }

        private void ComeBack(TurnOutcome first) => here.Context.Scheduler.QueueTask(new Task(() => GoOn(first)));

        private void GoOn(TurnOutcome? first) => here.Seat.Ask(message, first, CancellationToken.None).ContinueWith(
            Answered,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        private void Answered(Task<Reply> answer)
        {
            here.Leave();
            SetFromTask(answer);
        }
    }

    private OwnerSeat Seat => seat;
}
