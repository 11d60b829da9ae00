namespace WaGrains.LocalCluster;

/// <summary>Waits for what no event tells.</summary>
internal static class Until
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    /// <summary>True once the condition holds, false where it did not within that time. A condition that cannot be
    /// asked does not hold.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="within">For how long.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="every">The pause between two looks, 100 ms unless asking is a load of its own.</param>
    public static async Task<bool> True(
        Func<CancellationToken, Task<bool>> condition,
        TimeSpan within,
        CancellationToken cancel,
        TimeSpan? every = null)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(within);
        try
        {
            while (!await Holds(condition, late.Token))
            {
                await Task.Delay(every ?? Every, TimeProvider.System, late.Token);
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
