using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Turns;

namespace WaGrains.Engine.Owners;

/// <summary>
/// A message that a seat has been given and not answered yet. Its turn is run on the seat's logical thread; its answer
/// goes straight from the committer to the caller, for nothing is decided after the commit. Only what does not commit
/// at the first try comes back.
/// </summary>
/// <param name="seat">Who is asked.</param>
/// <param name="message">What.</param>
public abstract class SeatCall(OwnerSeat seat, OwnerMessage message)
    : TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously), ITurnCaller
{
    /// <summary>Who is asked.</summary>
    protected OwnerKey Owner => seat.Owner;

    /// <summary>What.</summary>
    protected OwnerMessage Message => message;

    /// <summary>Runs the turn; to be called once, on the seat's logical thread.</summary>
    public void Begin()
    {
        try
        {
            if (!seat.TryTell(message, this))
            {
                GoOn(null);
            }
        }
        catch (Exception bug)
        {
            Ends();
            Answer(System.Threading.Tasks.Task.FromException<Reply>(bug));
        }
    }

    /// <summary>Runs this on the seat's logical thread, now or later. Called from any thread.</summary>
    protected abstract void ComeBack(Action goOn);

    /// <summary>Called once, just before the caller is answered, from any thread.</summary>
    protected virtual void Ends()
    {
    }

    /// <summary>Answers the caller, as nearly always.</summary>
    protected virtual void Answer(Reply reply) => SetResult(reply);

    /// <summary>Answers the caller, or tells it why there is no answer.</summary>
    protected virtual void Answer(Task<Reply> answer) => SetFromTask(answer);

    void ITurnCaller.Settled(TurnOutcome outcome)
    {
        if (outcome.Fate == TurnFate.Committed)
        {
            Ends();
            Answer(outcome.Reply!);
        }
        else
        {
            Return(outcome);
        }
    }

    // Apart, so that an answer at the first try pays for no closure.
    private void Return(TurnOutcome first) => ComeBack(() => GoOn(first));

    private void GoOn(TurnOutcome? first) => seat.Ask(message, first, CancellationToken.None).ContinueWith(
        Answered,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private void Answered(Task<Reply> answer)
    {
        Ends();
        Answer(answer);
    }
}
