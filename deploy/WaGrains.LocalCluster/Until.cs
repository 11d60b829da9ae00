namespace WaGrains.LocalCluster;

/// <summary>Waits for what no event tells.</summary>
internal static class Until
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    /// <summary>True once the condition holds, false where it did not within that time. A condition that cannot be
    /// asked does not hold.</summary>
    public static async Task<bool> True(
        Func<CancellationToken, Task<bool>> condition, TimeSpan within, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(within);
        try
        {
            while (!await Holds(condition, late.Token))
            {
                await Task.Delay(Every, TimeProvider.System, late.Token);
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<bool> Holds(Func<CancellationToken, Task<bool>> condition, CancellationToken cancel)
    {
        try
        {
            return await condition(cancel);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
