using Orleans.Runtime;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Owners;

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
    /// <param name="message">The message.</param>
    /// <param name="owners">Go on with it where the owner has moved or did not take it at the first try; null tells the
    /// caller as much.</param>
    /// <param name="cancel">The caller has stopped waiting for them.</param>
    public Task<Reply>? Ask(OwnerMessage message, OrleansOwners? owners, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _calls) < 0)
        {
            Leave();
            return null;
        }

        var call = new Call(this, seat, message, owners, cancel);
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

    /// <summary>The caller has this as its task: none stands between for the few that go on elsewhere.</summary>
    private sealed class Call(
        LocalSeat here, OwnerSeat seat, OwnerMessage message, OrleansOwners? owners, CancellationToken cancel)
        : SeatCall(seat, message)
    {
        protected override void ComeBack(Action goOn) => here.Context.Scheduler.QueueTask(new Task(goOn));

        protected override void Ends() => here.Leave();

        protected override void Answer(Reply reply)
        {
            if (reply is Moved)
            {
                Answer(System.Threading.Tasks.Task.FromResult(reply));
            }
            else
            {
                base.Answer(reply);
            }
        }

        protected override void Answer(Task<Reply> answer)
        {
            if (owners is null)
            {
                base.Answer(answer);
            }
            else
            {
                owners.Search(Owner, Message, answer, cancel).ContinueWith(
                    SetFromTask, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }
    }
}
