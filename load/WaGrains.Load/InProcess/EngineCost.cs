using System.Collections.Concurrent;
using WaGrains.Domain.Turns;
using WaGrains.Load.Options;
using WaGrains.Load.Report;

namespace WaGrains.Load.InProcess;

/// <summary>
/// What an exchange costs the engine itself: intake, routing, grains, bot, pacing, staging and commit loop; no HTTP, no
/// database. The bench's own messages are part of it.
/// </summary>
internal static class EngineCost
{
    private const double CpuUsMax = 100;
    private const double BytesMax = 24 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs.</summary>
    /// <returns>Whether both bars are met.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        await using var open = await OpenStore.Make(StoreKind.Memory, stop);
        var store = new ForgetfulStore(open.Store);
        await using var silo = await EngineSilo.Start(store, stop);
        var tenant = await EngineTenant.Prepare(silo, options.Numbers, Answers.Bot);
        var exchanges = new ConcurrentDictionary<string, TaskCompletionSource>(StringComparer.Ordinal);
        var failure = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        silo.Graph.Completed = send => Complete(exchanges, send);
        silo.Graph.Failed = failed => failure.TrySetException(failed);

        // Everybody writes once, so that all that is read is read before.
        await ClosedLoop.Count(options.Connections, options.Contacts, i => One(i, i)).WaitAsync(stop);
        store.Forget();
        var loop = ClosedLoop.Run(
            options.Connections,
            TimeSpan.FromSeconds(options.Warmup),
            TimeSpan.FromSeconds(options.Seconds),
            i => One(i % options.Contacts, options.Contacts + (long)i),
            stop);
        if (await Task.WhenAny(loop, failure.Task) == failure.Task)
        {
            await failure.Task;
        }

        return await Publish(options, await loop, store, stop);

        async Task One(int contact, long message)
        {
            var arrival = (Engine.Intake.InboundArrival)tenant.Message(
                contact, message, TimeProvider.System.GetUtcNow());
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            exchanges[arrival.Message.Wamid] = done;
            await silo.Intake.Accept(EngineTenant.Id, [arrival], TimeProvider.System.GetUtcNow(), stop);
            await done.Task.WaitAsync(Patience, TimeProvider.System, CancellationToken.None);
        }
    }

    private static void Complete(ConcurrentDictionary<string, TaskCompletionSource> exchanges, SendToGraph send)
    {
        if (send.ContextWamid is { } wamid && exchanges.TryRemove(wamid, out var done))
        {
            done.TrySetResult();
        }
    }

    private static Task<bool> Publish(
        LoadOptions options, LoopResult loop, ForgetfulStore store, CancellationToken stop) => Summary.Publish(
        options,
        "engine_cost",
        [
            Figure.One("exchanges_per_s", loop.PerSecond),
            Figure.One("cpu_us_per_exchange", loop.CpuUsEach, CpuUsMax),
            Figure.One("bytes_per_exchange", loop.BytesEach, BytesMax),
            Figure.One("turns_per_commit", store.Commits == 0 ? 0 : (double)store.Turns / store.Commits),
            Figure.One("refused", loop.Refused, 0),
        ],
        stop);
}
