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

    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

        var turn = new Task<Task<Reply>>(static call => ((Call)call!).Run(), new Call(this, message));
        context.Scheduler.QueueTask(turn);
        return turn.Unwrap();
    }

    /// <summary>Lets nobody in any more and waits until those inside are answered.</summary>
    public Task Close()
    {
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
            _empty.TrySetResult();
        }
    }

    private sealed class Call(LocalSeat here, OwnerMessage message)
    {
        public async Task<Reply> Run()
        {
            try
            {
                return await here.Seat.Ask(message, CancellationToken.None);
            }
            finally
            {
                here.Leave();
            }
        }
    }

    private OwnerSeat Seat => seat;
}
