namespace WaGrains.Simulation.Tests.World;

/// <summary>Takes what a memory store has ready when it returns; anything that is not would be real time in a simulated
/// world.</summary>
internal static class Inline
{
    public static T Now<T>(this ValueTask<T> task) => task.IsCompletedSuccessfully
        ? task.GetAwaiter().GetResult()
        : throw new InvalidOperationException("The store did not complete in place.");
}
