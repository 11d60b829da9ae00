using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Postgres;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>The feed of several silos, whose commits end in another order than they began.</summary>
[Collection(QuietServer.Name)]
public sealed class PostgresFeedTests : IAsyncLifetime
{
    private PostgresDatabase _database = null!;
    private PostgresStore _store = null!;
    private Fence _fence;

    public async Task InitializeAsync()
    {
        _database = await PostgresDatabase.Migrated();
        (_store, _fence) = await _database.Open("one");
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Reader_waits_for_a_transaction_that_began_earlier_and_skips_nothing()
    {
        await Keep(1);
        var place = (await Read(null)).Next;
        await using var slow = await _database.Connect();
        await using var open = await slow.BeginTransactionAsync();
        await using var tell = slow.CreateCommand();
        tell.CommandText = """
            INSERT INTO feed (tenant, last, size, events, place, at, day)
            SELECT tenant, last, size, events, shift + pg_current_xact_id()::text::bigint, at, day
            FROM feed CROSS JOIN feed_state
            """;
        Assert.Equal(1, await tell.ExecuteNonQueryAsync());

        await Keep(2);
        var meanwhile = await Read(place);
        Assert.Empty(meanwhile.Events);
        await Keep(3);
        Assert.Empty((await Read(meanwhile.Next)).Events);

        await open.CommitAsync();
        foreach (var after in (FeedPosition[])[place, meanwhile.Next])
        {
            Assert.Equal([Sample.Id(1), Sample.Id(2), Sample.Id(3)], (await Read(after)).Events.Select(MessageOf));
        }
    }

    [Fact]
    public async Task Transaction_that_is_rolled_back_holds_nobody_up_and_tells_nothing()
    {
        var place = (await Read(null)).Next;
        await using var slow = await _database.Connect();
        await using (var open = await slow.BeginTransactionAsync())
        {
            await using var begin = slow.CreateCommand();
            begin.CommandText = "SELECT pg_current_xact_id()";
            await begin.ExecuteScalarAsync();
            await Keep(1);
            Assert.Empty((await Read(place)).Events);
        }

        Assert.Equal([Sample.Id(1)], (await Read(place)).Events.Select(MessageOf));
    }

    [Fact]
    public async Task Readers_while_two_silos_commit_see_every_event_once()
    {
        var (other, fence) = await _database.Open("two");
        FeedPosition? after = null;
        List<MessageId> seen = [];
        for (var n = 1; n <= 20; n += 2)
        {
            var both = Task.WhenAll(Commit(_store, _fence, n), Commit(other, fence, n + 1));
            (_fence, fence) = (_fence with { Batch = _fence.Batch + 1 }, fence with { Batch = fence.Batch + 1 });
            await Drain();
            await both;
        }

        await Drain();
        Assert.Equal(Enumerable.Range(1, 20).Select(Sample.Id), seen.Order());

        async Task Drain()
        {
            for (var more = true; more;)
            {
                var page = await Read(after, 3);
                seen.AddRange(page.Events.Select(MessageOf));
                (after, more) = (page.Next, page.HasMore);
            }
        }
    }

    [Fact]
    public async Task Data_that_come_to_another_server_go_on_after_what_they_hold()
    {
        await Keep(1);
        var old = (await Read(null)).Next;
        await _database.Execute(
            "UPDATE feed SET place = place + 1000000; UPDATE feed_state SET server = server + 1");
        (_store, _fence) = await _database.Open("one");
        await Keep(2);
        Assert.Null(await _store.Reads.Feed(Sample.Acme, old, 50, CancellationToken.None));
        Assert.Equal([Sample.Id(1), Sample.Id(2)], (await Read(null)).Events.Select(MessageOf));
    }

    [Fact]
    public async Task Days_are_made_ahead_dropped_in_time_and_no_event_is_left_astray()
    {
        await Keep(1);
        var today = await _database.Ask<int>("SELECT day FROM feed");
        Assert.Equal($"feed_d{today}", await _database.Ask<string>("SELECT tableoid::regclass::text FROM feed"));
        Assert.Equal(4L, await _database.Ask<long>("SELECT count(*) FROM feed_day"));
        await _database.Execute(
            $"INSERT INTO feed SELECT place, at, {today + 5}, last, size, tenant, events FROM feed");
        Assert.Equal(1L, await _database.Ask<long>("SELECT count(*) FROM feed_default"));

        var now = DateTimeOffset.UnixEpoch.AddDays(today);
        await _store.Maintain(now.AddDays(4), CancellationToken.None);
        Assert.Equal(0L, await _database.Ask<long>("SELECT count(*) FROM feed_default"));
        Assert.Equal(2L, await _database.Ask<long>("SELECT count(*) FROM feed"));
        await _store.Maintain(now.AddDays(8), CancellationToken.None);
        Assert.Equal(today + 5, await _database.Ask<int>("SELECT day FROM feed"));
    }

    private static MessageId MessageOf(StoredEvent told) => told.Event.Message!.Value;

    private static async Task Commit(PostgresStore store, Fence fence, int n)
    {
        var result = await store.Commit(
            new CommitBatch(fence, [StoreUnderTest.Turn(1, Sample.Inbound(n))]), CancellationToken.None);
        Assert.Equal(CommitResult.Durable, result);
    }

    private async Task Keep(int n)
    {
        await Commit(_store, _fence, n);
        _fence = _fence with { Batch = _fence.Batch + 1 };
    }

    private async Task<FeedPage> Read(FeedPosition? after, int most = 50) =>
        await _store.Reads.Feed(Sample.Acme, after, most, CancellationToken.None)
        ?? throw new InvalidOperationException($"{after} leads nowhere");
}
