using System.Diagnostics;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Commits;
using WaGrains.Load.Options;
using WaGrains.Load.Report;
using WaGrains.Load.Rig;
using WaGrains.Storage.Postgres;
using WaGrains.Storage.Sqlite;

namespace WaGrains.Load.Compare;

/// <summary>How soon a host that has just been started serves: after a clean stop, and after a kill under
/// load.</summary>
internal static class ColdStart
{
    private const double CleanSqliteMax = 3;
    private const double CleanPostgresMax = 4;
    private const double CrashMax = 20;
    private const int PerCommit = 2_000;
    private const int TrafficSeconds = 5;

    private static readonly DateTimeOffset LastSpring = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Fills the store through its own commits, then starts, stops and kills.</summary>
    /// <returns>Whether every bar is met.</returns>
    public static async Task<bool> Execute(LoadOptions options, CancellationToken stop)
    {
        var sqlite = options.Store == StoreKind.Sqlite;
        await using var stand = await Stand.Start(options, !sqlite, stop);
        var plan = new HostPlan("silo-1", stand.Connection("wagrains"), ["load"]);
        await Fill(stand, plan, sqlite, options.Conversations, stop);

        List<double> clean = [], crashed = [];
        for (var round = 1; round <= options.Pairs && !stop.IsCancellationRequested; round++)
        {
            var (host, took) = await Started(stand, plan, stop);
            clean.Add(took);
            using (var traffic = await Traffic.Prepare(stand, [host], options.Copy(), stop))
            {
                // What is still open when the host is killed is what the next one finds.
                var running = traffic.Run("cold_start", "killed", options.Rate, TrafficSeconds * 2, stop);
                await Task.Delay(TimeSpan.FromSeconds(TrafficSeconds + options.Warmup), TimeProvider.System, stop);
                await host.Kill();
                (host, took) = await Started(stand, plan, stop);
                crashed.Add(took);
                await running;
            }

            await host.DisposeAsync();
        }

        var store = sqlite ? "sqlite" : "postgres";
        return await Summary.Publish(
            options,
            "cold_start",
            [
                Figure.One("conversations", options.Conversations),
                Figure.Of($"{store}_after_a_clean_stop_s", clean, sqlite ? CleanSqliteMax : CleanPostgresMax),
                Figure.Of($"{store}_after_a_crash_s", crashed, CrashMax),
            ],
            CancellationToken.None);
    }

    private static async Task<(HostChild Host, double Seconds)> Started(
        Stand stand, HostPlan plan, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var host = await stand.StartHost(plan, stop);
        return (host, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task Fill(
        Stand stand, HostPlan plan, bool sqlite, int conversations, CancellationToken stop)
    {
        var folder = stand.FolderOf(plan.Name);
        Directory.CreateDirectory(folder);
        await using IStore store = sqlite
            ? new SqliteStore(folder, TimeProvider.System)
            : PostgresStore.Create(plan.Connection!);
        var fence = await store.Open("fill", stop);
        for (var from = 0; from < conversations; from += PerCommit)
        {
            var rows = Enumerable.Range(from, Math.Min(PerCommit, conversations - from)).Select(Row).ToList();
            fence = fence with { Batch = fence.Batch + 1 };
            var result = await store.Commit(new CommitBatch(fence, rows), stop);
            if (result.Verdict != CommitVerdict.Durable || result.Refused.Count > 0)
            {
                throw new InvalidOperationException($"the store refused to be filled: {result.Verdict}");
            }
        }
    }

    // Closed conversations of a tenant of their own, as a season leaves them.
    private static TurnRows Row(int index)
    {
        var tenant = TenantId.Parse("archive");
        var id = new ConversationId(new PhoneNumberId((ulong)(index % 50) + 1), new ContactId((ulong)index + 1));
        var at = LastSpring.AddSeconds(index);
        var state = ConversationState.Fresh(tenant, id) with
        {
            Version = 1,
            Phase = ConversationPhase.Closed,
            To = new Recipient($"55119{index:00000000}", null),
            ProfileName = "Customer",
            LastInboundAt = at,
            LastActivityAt = at,
            Ordinal = 7,
            Recent = [.. Enumerable.Range(0, ConversationState.RecentMax).Select(n =>
                MessageId.New(at.AddSeconds(n), (UInt128)((index * 100L) + n)))],
        };
        return new TurnRows(state.Owner, [new ConversationWritten(state)]);
    }
}
