using System.Diagnostics;
using WaGrains.Engine.Owners;

namespace WaGrains.Load.InProcess;

/// <summary>What a closed loop came to.</summary>
/// <param name="Count">Things done in the window.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="CpuSeconds">Of this whole process.</param>
/// <param name="AllocatedBytes">By this whole process.</param>
/// <param name="Refused">Tries that were told to come back.</param>
internal sealed record LoopResult(
    long Count, double Seconds, double CpuSeconds, long AllocatedBytes, long Refused)
{
    /// <summary>Things per second.</summary>
    public double PerSecond => Count / Seconds;

    /// <summary>Microseconds of CPU each.</summary>
    public double CpuUsEach => CpuSeconds * 1e6 / Count;

    /// <summary>Bytes allocated each.</summary>
    public double BytesEach => (double)AllocatedBytes / Count;
}

/// <summary>So many callers that each do the next thing as soon as the one before is done: saturation.</summary>
internal static class ClosedLoop
{
    /// <summary>Does a fixed number of things.</summary>
    public static Task Count(int callers, int count, Func<int, Task> one)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Caller()));

        async Task Caller()
        {
            await Task.Yield();
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                await one(i);
            }
        }
    }

    /// <summary>Does things for a while, and measures after a warm-up.</summary>
    /// <param name="callers">At once.</param>
    /// <param name="warmup">Unmeasured.</param>
    /// <param name="window">Measured.</param>
    /// <param name="one">One thing, given its index; one that is told to come back is counted and left.</param>
    /// <param name="stop">Ends it early.</param>
    public static async Task<LoopResult> Run(
        int callers, TimeSpan warmup, TimeSpan window, Func<int, Task> one, CancellationToken stop)
    {
        var next = -1;
        long done = 0, refused = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var calling = Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Caller()));
        await Task.Delay(warmup, TimeProvider.System, stop);
        var (count, cpu, bytes) = (Interlocked.Read(ref done), Cpu(), GC.GetTotalAllocatedBytes());
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(window, TimeProvider.System, stop);
        var result = new LoopResult(
            Interlocked.Read(ref done) - count,
            Stopwatch.GetElapsedTime(began).TotalSeconds,
            Cpu() - cpu,
            GC.GetTotalAllocatedBytes() - bytes,
            Interlocked.Read(ref refused));
        await end.CancelAsync();
        await calling;
        return result;

        async Task Caller()
        {
            await Task.Yield();
            while (!end.IsCancellationRequested)
            {
                try
                {
                    await one(Interlocked.Increment(ref next));
                    Interlocked.Increment(ref done);
                }
                catch (OwnerUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
                }
            }
        }
    }

    private static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
