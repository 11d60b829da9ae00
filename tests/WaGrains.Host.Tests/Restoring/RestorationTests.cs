using Shared;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Host.Restoring;
using WaGrains.Host.Silo;
using WaGrains.Storage;
using WaGrains.Storage.Memory;
using WaGrains.Storage.Postgres;
using WaGrains.Storage.Sqlite;

namespace WaGrains.Host.Tests.Restoring;

/// <summary>A store with two numbers and three messages that wait, as a backup brings it back.</summary>
public sealed class RestorationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly PhoneNumberId Busy = new(7);
    private static readonly PhoneNumberId Banned = new(8);
    private static readonly PortfolioId Common = new(9);

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Every_number_stands_still_and_what_waited_is_in_doubt(string kind)
    {
        await using var restored = await Backup(kind);

        var report = await restored.Mark();

        Assert.Equal(new RestorationReport(Numbers: 2, Doubted: 3), report);
        var busy = await restored.Number(Busy);
        Assert.Equal("restored", busy.State.Stopped);
        Assert.All(busy.Queue, send => Assert.Equal((QueuePhase.Attempting, 1), (send.Row.Phase, send.Row.Attempt)));
        Assert.Equal(1, Assert.Single(
            await restored.Opened.Store.Reads.Attempts(Acme, Message(1), CancellationToken.None)).Attempt);
        Assert.Equal(Busy.ToString(), Assert.Single(
            await restored.Opened.Store.Reads.Alerts(Acme, null, 10, CancellationToken.None)).Subject);
    }

    [Fact]
    public async Task Portfolio_writes_to_nobody_new_for_a_day_for_the_backup_knows_not_whom_it_has_written_to()
    {
        await using var restored = await Backup("memory");
        var began = TimeProvider.System.GetUtcNow();

        await restored.Mark();
        var marked = (await restored.Opened.Store.Reads.Portfolio(Acme, Common, CancellationToken.None))!.State;
        await restored.Mark();
        var again = (await restored.Opened.Store.Reads.Portfolio(Acme, Common, CancellationToken.None))!.State;

        Assert.True(marked.StoppedUntil >= began.AddHours(24), $"stopped until {marked.StoppedUntil}");
        Assert.Equal(marked.Version, again.Version);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_number_that_stood_still_keeps_its_reason_and_marking_again_changes_nothing(string kind)
    {
        await using var restored = await Backup(kind);
        await restored.Mark();
        var before = (await restored.Number(Busy)).State;

        var again = await restored.Mark();

        Assert.Equal(new RestorationReport(Numbers: 2, Doubted: 0), again);
        Assert.Equal("number_stopped", (await restored.Number(Banned)).State.Stopped);
        Assert.Equal(before.Version, (await restored.Number(Busy)).State.Version);
    }

    [Fact]
    public async Task Nothing_that_waited_leaves_even_when_the_number_is_resumed()
    {
        await using var restored = await Backup("memory");
        await restored.Mark();
        var stored = await restored.Number(Busy);
        var queue = new SendQueue();
        foreach (var send in stored.Queue)
        {
            queue.Add(send, TimeSpan.Zero);
        }

        var around = new NumberSurroundings(0, TimeSpan.Zero, ResendUnknown: false, Now.AddHours(1));
        var resume = new QualityChanged(QualityEvent.Resume, "operator", around.Now);
        var resumed = PhoneNumber.Decide(new NumberAtWork(stored.State, queue), resume, around).Next;
        var pumped = PhoneNumber.Decide(resumed, Pump.Message, around);

        Assert.Null(resumed.Record.Stopped);
        Assert.Equal(3, resumed.Queue.UnderWay);
        Assert.Empty(pumped.Effects.OfType<SendToGraph>());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Places_in_the_feed_from_before_lead_nowhere(string kind)
    {
        await using var restored = await Backup(kind);
        await restored.Mark();
        var reads = restored.Opened.Store.Reads;
        var place = await reads.FeedEnd(CancellationToken.None);
        Assert.NotNull(await reads.Feed(Acme, place, 10, CancellationToken.None));

        await ((IMaintained)restored.Opened.Store).Restored(CancellationToken.None);

        Assert.Null(await reads.Feed(Acme, place, 10, CancellationToken.None));
        Assert.NotNull(await reads.Feed(
            Acme, await reads.FeedEnd(CancellationToken.None), 10, CancellationToken.None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("--urls=http://127.0.0.1:1")]
    [InlineData("restored")]
    public void A_command_line_that_is_known_is_no_mistake(string? word) =>
        Assert.Null(RestoredVerb.Mistake(word is null ? [] : [word]));

    [Theory]
    [InlineData("restord")]
    [InlineData("restored", "now")]
    public void A_word_that_nobody_knows_starts_nothing(params string[] words) =>
        Assert.NotNull(RestoredVerb.Mistake(words));

    private static MessageId Message(int n) => MessageId.New(Now.AddSeconds(n), (UInt128)(ulong)n);

    private static async Task<Restored> Backup(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("wagrains-restored-");
        IStore store = kind switch
        {
            "memory" => new MemoryStore(),
            "sqlite" => new SqliteStore(folder.FullName, TimeProvider.System),
            _ => PostgresStore.Create(await (await PostgresServer.Shared()).Create()),
        };
        var fence = await store.Open("silo-1", CancellationToken.None);
        var rows = new TurnRows(OwnerKey.Of(Acme), [
            new TenantWritten(new TenantState { Id = Acme, Version = 1 }),
            new PhoneNumberWritten(PhoneNumberState.Fresh(Acme, Busy, Now) with
            {
                Version = 1, Settings = new PhoneNumberSettings { PhoneNumberId = "1001" },
            }),
            new PhoneNumberWritten(PhoneNumberState.Fresh(Acme, Banned, Now) with
            {
                Version = 1, Settings = new PhoneNumberSettings { PhoneNumberId = "1002" }, Stopped = "number_stopped",
            }),
            new PortfolioWritten(new PortfolioState
            {
                Tenant = Acme, Id = Common, Version = 1, Limit = new MessagingLimit(2_000),
            }),
            .. Enumerable.Range(1, 3).SelectMany(Waiting),
        ]);
        var kept = await store.Commit(new CommitBatch(fence with { Batch = 1 }, [rows]), CancellationToken.None);
        Assert.Equal(CommitVerdict.Durable, kept.Verdict);
        Assert.Empty(kept.Refused);
        return new Restored(store, folder);
    }

    private static IEnumerable<Change> Waiting(int n)
    {
        var conversation = new ConversationId(Busy, new ContactId((ulong)n));
        var content = new MessagePayload(default, new TextContent($"answer {n}", PreviewUrl: false));
        yield return new MessageAdded(new MessageRow(
            Acme, Message(n), conversation, Direction.Outbound, "text", MessageStatus.Queued, null, null, "api",
            $"answer {n}", content));
        yield return new QueueRowAdded(new QueueRow(
            Acme, Busy, Message(n), conversation, n, Lane.Reply, Now, Now.AddDays(1), null,
            new Recipient($"551190000000{n}", null), null, 0, QueuePhase.Queued, null, null));
    }

    private sealed class Restored(IStore store, DirectoryInfo folder) : IAsyncDisposable
    {
        private OpenedStore? _opened;

        public OpenedStore Opened => _opened!;

        public async Task<RestorationReport> Mark()
        {
            _opened = new OpenedStore(store, await store.Open("silo-1", CancellationToken.None));
            return await new Restoration(_opened, TimeProvider.System).Mark(CancellationToken.None);
        }

        public async Task<Engine.Reading.StoredNumber> Number(PhoneNumberId id) =>
            (await store.Reads.Number(Acme, id, Now, CancellationToken.None))!;

        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
