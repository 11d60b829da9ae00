using WaGrains.Load.Report;

namespace WaGrains.Load.Measures;

/// <summary>What the garbage collector of this process has done.</summary>
/// <param name="Gen0">Collections of generation 0, the younger ones of older generations included.</param>
/// <param name="Gen1">Of generation 1 and 2.</param>
/// <param name="Gen2">Of generation 2.</param>
/// <param name="Paused">How long all threads stood still for it.</param>
internal readonly record struct CollectorUse(int Gen0, int Gen1, int Gen2, TimeSpan Paused)
{
    /// <summary>Since the process began.</summary>
    public static CollectorUse Now() => new(
        GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration());

    /// <summary>What came after an earlier look.</summary>
    public CollectorUse Since(CollectorUse before) =>
        new(Gen0 - before.Gen0, Gen1 - before.Gen1, Gen2 - before.Gen2, Paused - before.Paused);

    /// <summary>For people, over so many seconds.</summary>
    public IEnumerable<Figure> Figures(double seconds)
    {
        yield return Figure.One("collections_gen0", Gen0 - Gen1);
        yield return Figure.One("collections_gen1", Gen1 - Gen2);
        yield return Figure.One("collections_gen2", Gen2);
        yield return Figure.One("paused_for_collections_share", Paused.TotalSeconds / seconds);
        yield return Figure.One("heap_mb", GC.GetTotalMemory(false) / 1e6);
    }
}
