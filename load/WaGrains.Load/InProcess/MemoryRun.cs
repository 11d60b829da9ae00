using WaGrains.Domain.PhoneNumbers;
using WaGrains.Load.Options;
using WaGrains.Load.Report;

namespace WaGrains.Load.InProcess;

/// <summary>Managed heap of what only waits: conversations after one exchange each, and numbers. Rows are on disk, so
/// that what is counted is the engine's.</summary>
internal static class MemoryRun
{
    private const double ConversationBytesMax = 3 * 1024;
    private const double NumberBytesMax = 10 * 1024;
    private const int WarmUp = 2_000;
    private const int Numbers = 10_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Runs.</summary>
    /// <returns>Whether both bars are met.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        await using var open = await OpenStore.Make(options.Store ?? StoreKind.Sqlite, stop);
        await using var silo = await EngineSilo.Start(open.Store, stop);
        var tenant = await EngineTenant.Prepare(silo, options.Numbers, Answers.Bot);
        var conversations = options.Idle > 0 ? options.Idle : 100_000;

        // The first exchanges grow pools and caches, which are no conversation's memory.
        await ClosedLoop.Count(options.Connections, WarmUp, i => tenant.Write(i, i)).WaitAsync(stop);
        var before = await Heap(stop);
        await ClosedLoop.Count(
            options.Connections, conversations, i => tenant.Write(WarmUp + i, WarmUp + i)).WaitAsync(stop);
        var talking = await Heap(stop);
        await ClosedLoop.Count(
            options.Connections,
            Numbers,
            async i => await EngineTenant.AddNumber(silo, options.Numbers + i, null)).WaitAsync(stop);
        var after = await Heap(stop);
        return await Summary.Publish(
            options,
            "memory",
            [
                Figure.One("conversations", conversations),
                Figure.One(
                    "heap_bytes_per_idle_conversation", (talking - before) / (double)conversations,
                    ConversationBytesMax),
                Figure.One("numbers", Numbers),
                Figure.One("heap_bytes_per_number", (after - talking) / (double)Numbers, NumberBytesMax),
            ],
            stop);
    }

    // What is under way ends first; then everything that nobody holds goes.
    private static async Task<long> Heap(CancellationToken stop)
    {
        await Task.Delay(Rest, TimeProvider.System, stop);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
