namespace WaGrains.Engine.Turns;

/// <summary>Whoever waits to hear what became of a turn.</summary>
public interface ITurnCaller
{
    /// <summary>Called exactly once, from any thread.</summary>
    void Settled(TurnOutcome outcome);
}

/// <summary>Hears it by a call.</summary>
public sealed class TurnCallback(Action<TurnOutcome> settled) : ITurnCaller
{
    void ITurnCaller.Settled(TurnOutcome outcome) => settled(outcome);
}

/// <summary>Hears it by waiting.</summary>
internal sealed class AwaitedTurn(TaskCreationOptions continuations)
    : TaskCompletionSource<TurnOutcome>(continuations), ITurnCaller
{
    void ITurnCaller.Settled(TurnOutcome outcome) => SetResult(outcome);
}
