using System.Diagnostics;
using WaGrains.Load.InProcess;
using WaGrains.Load.Measures;
using WaGrains.Load.Options;
using WaGrains.Load.Report;
using WaGrains.Storage.Memory;

namespace WaGrains.Load.Pacing;

/// <summary>
/// Many slow numbers that drain full queues at once: what the wheel and the numbers' own decisions cost, and whether
/// they keep each number's pace. No store, no HTTP, no conversations, no grains.
/// </summary>
internal static class PaceWheel
{
    private const double LatenessMsMax = 50;
    private const double CpuShareMax = 0.30;
    private const int Fillers = 64;

    /// <summary>Runs.</summary>
    /// <returns>Whether no minute held too much, and both other bars are met.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        await using var store = new ForgetfulStore(new MemoryStore());
        store.Forget();
        await using var engine = await WheelEngine.Start(store, options.Numbers, stop);
        var board = new PaceBoard(options.Numbers);
        engine.Started = board.Sent;
        await ClosedLoop.Count(
            Fillers, options.Numbers, i => engine.Fill(i, PaceBoard.RateOf(i))).WaitAsync(stop);
        await ClosedLoop.Count(Fillers, options.Numbers, engine.Release).WaitAsync(stop);
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup), TimeProvider.System, stop);

        await using var machine = MachineLateness.Watch();
        board.IsMeasuring = true;
        var collector = CollectorUse.Now();
        var (cpu, bytes, began) = (Cpu(), GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), TimeProvider.System, stop);
        board.IsMeasuring = false;
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        cpu = Cpu() - cpu;
        bytes = GC.GetTotalAllocatedBytes() - bytes;
        collector = CollectorUse.Now().Since(collector);
        return await Summary.Publish(
            options,
            "pace_wheel",
            [
                .. board.Figures(LatenessMsMax),
                .. machine.Figures(),
                Figure.One("sends_per_s", board.Measured / seconds),
                Figure.One("cpu_of_one_core", cpu / seconds, CpuShareMax),
                Figure.One("cpu_us_per_send", cpu * 1e6 / Math.Max(1, board.Measured)),
                Figure.One("bytes_per_send", bytes / (double)Math.Max(1, board.Measured)),
                .. collector.Figures(seconds),
                Figure.One("hints_lost", engine.Troubles, 0),
            ],
            stop);
    }

    private static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
