namespace WaGrains.Host.Silo;

/// <summary>The end that waits for nobody: this process may write no more, so whatever it still did would be done
/// behind its successor's back.</summary>
internal sealed class Ending
{
    private readonly TaskCompletionSource _now = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the process must end at once.</summary>
    public Task Now => _now.Task;

    /// <summary>The right to write is lost.</summary>
    public void FenceLost() => _now.TrySetResult();
}
