using WaGrains.Load.Compare;
using WaGrains.Load.InProcess;
using WaGrains.Load.Options;
using WaGrains.Load.Pacing;

namespace WaGrains.Load.Runs;

/// <summary>Which mode is what: all that the tool can do, on one page.</summary>
internal static class Modes
{
    /// <summary>Does what was asked.</summary>
    /// <returns>False if what was measured does not count, or misses a bar.</returns>
    public static Task<bool> Execute(LoadOptions options, CancellationToken stop) => options.Mode switch
    {
        Mode.Exchanges => WholeRun.Execute(options, stop),
        Mode.NoisyNeighbour => NoisyNeighbour.Execute(options, stop),
        Mode.Archive => ArchiveRun.Execute(options, stop),
        Mode.TwoSilos => TwoSilos.Execute(options, stop),
        Mode.ColdStart => ColdStart.Execute(options, stop),
        Mode.EngineCost => EngineCost.Execute(options, stop),
        Mode.HotConversation => HotConversation.Execute(options, stop),
        Mode.HotNumber => HotNumber.Execute(options, stop),
        Mode.Assignment => Waits.Assignment(options, stop),
        Mode.KeywordReply => Waits.KeywordReply(options, stop),
        Mode.Memory => MemoryRun.Execute(options, stop),
        Mode.PaceWheel => PaceWheel.Execute(options, stop),
        Mode.PaceNumbers => PaceNumbers.Execute(options, stop),
        Mode.CloudPace => CloudPace.Execute(options, stop),
    };
}
