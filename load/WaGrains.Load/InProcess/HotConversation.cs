using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Intake;
using WaGrains.Load.Options;
using WaGrains.Load.Report;

namespace WaGrains.Load.InProcess;

/// <summary>One conversation that everybody writes to: inbound messages, each a turn of its own, archived and
/// committed.</summary>
internal static class HotConversation
{
    /// <summary>Runs.</summary>
    public static Task<bool> Execute(LoadOptions options, CancellationToken stop) =>
        HotOwner.Execute(options, "hot_conversation", Prepare, stop);

    // Each message is a millisecond younger than the one before: a real one of these would be a second's hundredth, and
    // ids of the same second in no order are looked up in the archive.
    private static async Task<Func<int, Task>> Prepare(EngineSilo silo, EngineTenant tenant)
    {
        await tenant.Write(0, 0);
        var owner = OwnerKey.Of(EngineTenant.Id, await tenant.ConversationOf(0));
        var start = TimeProvider.System.GetUtcNow().AddSeconds(1);
        return i => Tell(silo, tenant, owner, i + 1, start);
    }

    private static Task<Reply> Tell(EngineSilo silo, EngineTenant tenant, OwnerKey owner, int i, DateTimeOffset start)
    {
        var arrival = (InboundArrival)tenant.Message(0, i, start.AddMilliseconds(i));
        var id = MessageId.Inbound(EngineTenant.Id, arrival.Message.Wamid, arrival.Message.SentAt);
        return silo.Owners.Ask(
            owner,
            new ReceiveInbound([new InboundDelivery(id, arrival.Message)], arrival.Person, null, []),
            CancellationToken.None);
    }
}

/// <summary>One number that is told one thing after another; each turn writes its record.</summary>
internal static class HotNumber
{
    /// <summary>Runs.</summary>
    public static Task<bool> Execute(LoadOptions options, CancellationToken stop) =>
        HotOwner.Execute(options, "hot_number", Prepare, stop);

    private static Task<Func<int, Task>> Prepare(EngineSilo silo, EngineTenant tenant) =>
        Task.FromResult<Func<int, Task>>(i => silo.Owners.Ask(
            tenant.Numbers[0].Owner,
            new QualityChanged(
                i % 2 == 0 ? QualityEvent.Green : QualityEvent.Yellow, "load", TimeProvider.System.GetUtcNow()),
            CancellationToken.None));
}

/// <summary>Committed turns of a single owner, many callers at once.</summary>
internal static class HotOwner
{
    private const double TurnsMin = 10_000;

    /// <summary>Callers that wait for a commit; a batch holds at most 400 turns.</summary>
    private const int Callers = 1_024;

    /// <summary>Runs.</summary>
    /// <returns>Whether the bar is met.</returns>
    public static async Task<bool> Execute(
        LoadOptions options,
        string kind,
        Func<EngineSilo, EngineTenant, Task<Func<int, Task>>> prepare,
        CancellationToken stop)
    {
        await using var open = await OpenStore.Make(options.Store ?? StoreKind.Memory, stop);
        await using var silo = await EngineSilo.Start(open.Store, stop);
        var tenant = await EngineTenant.Prepare(silo, 1, Answers.Nobody);
        var loop = await ClosedLoop.Run(
            Callers,
            TimeSpan.FromSeconds(options.Warmup),
            TimeSpan.FromSeconds(options.Seconds),
            await prepare(silo, tenant),
            stop);
        return await Summary.Publish(
            options,
            $"{kind}_{open.Kind.ToString().ToLowerInvariant()}",
            [
                Figure.One("committed_turns_per_s", loop.PerSecond, TurnsMin, isFloor: true),
                Figure.One("cpu_us_per_turn", loop.CpuUsEach),
                Figure.One("bytes_per_turn", loop.BytesEach),
                Figure.One("refused", loop.Refused),
            ],
            stop);
    }
}
