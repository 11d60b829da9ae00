using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Sqlite;

namespace WaGrains.Storage.Tests.Sqlite;

/// <summary>What only a store with a file can get wrong.</summary>
public sealed class SqliteFileTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wagrains-file-").FullName;
    private readonly FakeTimeProvider _clock = new(Sample.Start);
    private readonly List<SqliteStore> _stores = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Reopening_keeps_everything_and_closes_the_generation_before()
    {
        var (first, fence) = await Open(_folder);
        await Keep(first, fence, 1, 1);
        await first.DisposeAsync();
        var (second, next) = await Open(_folder);
        Assert.Equal((fence.Generation + 1, 0), (next.Generation, next.Batch));
        Assert.NotNull(await second.Reads.Message(Sample.Acme, Sample.Id(1), CancellationToken.None));
        var late = await second.Commit(new CommitBatch(fence with { Batch = 2 }, []), CancellationToken.None);
        Assert.Equal(CommitVerdict.FenceLost, late.Verdict);
        await Keep(second, next, 1, 2);
    }

    [Fact]
    public async Task Opening_under_another_name_closes_the_silo_before()
    {
        var (store, fence) = await Open(_folder);
        var other = await store.Open("other", CancellationToken.None);
        var late = await store.Commit(new CommitBatch(fence with { Batch = 1 }, []), CancellationToken.None);
        Assert.Equal(CommitVerdict.FenceLost, late.Verdict);
        await Keep(store, other, 1, 1);
    }

    [Fact]
    public async Task Second_opener_is_refused_until_the_first_has_gone()
    {
        var (first, _) = await Open(_folder);
        var second = new SqliteStore(_folder, _clock);
        _stores.Add(second);
        await Assert.ThrowsAsync<StoreInUseException>(async () => await second.Open("silo", CancellationToken.None));
        await first.DisposeAsync();
        await second.Open("silo", CancellationToken.None);
    }

    [Fact]
    public async Task Closed_store_commits_nothing()
    {
        var (store, fence) = await Open(_folder);
        await store.DisposeAsync();
        var result = await store.Commit(new CommitBatch(fence with { Batch = 1 }, []), CancellationToken.None);
        Assert.Equal(CommitVerdict.FenceLost, result.Verdict);
    }

    [Fact]
    public async Task Fresh_file_has_the_newest_schema_and_the_settings_we_promise()
    {
        var (store, _) = await Open(_folder);
        await store.DisposeAsync();
        Assert.Equal(SqliteSchema.Newest, Ask("SELECT max(version) FROM schema_version"));
        Assert.Equal(8192L, Ask("PRAGMA page_size"));
        Assert.Equal("wal", Ask("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Newer_schema_is_refused_and_the_folder_given_free()
    {
        var (store, _) = await Open(_folder);
        await store.DisposeAsync();
        Ask($"INSERT INTO schema_version (version, name) VALUES ({SqliteSchema.Newest + 1}, 'future')");
        var refused = new SqliteStore(_folder, _clock);
        _stores.Add(refused);
        await Assert.ThrowsAsync<SchemaTooNewException>(async () => await refused.Open("silo", CancellationToken.None));
        Ask($"DELETE FROM schema_version WHERE version = {SqliteSchema.Newest + 1}");
        await Open(_folder);
    }

    [Fact]
    public async Task Copy_taken_inside_a_transaction_opens_with_nothing_half_done()
    {
        var (store, fence) = await Open(_folder);
        await Keep(store, fence, 1, 1);
        using var link = SqliteLink.Open(Path.Combine(_folder, "wagrains.db"));
        // A cache of a few pages makes the open transaction spill into the log, as a large one would.
        link.Execute("PRAGMA cache_size = 4");
        link.Execute("BEGIN IMMEDIATE");
        link.Execute("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO alert (tenant, id, at, kind, subject, detail)
            SELECT 'acme', i, i, 'k', 's', hex(zeroblob(200)) FROM n
            """);
        var copy = Directory.CreateDirectory(Path.Combine(_folder, "copy")).FullName;
        foreach (var file in new[] { "wagrains.db", "wagrains.db-wal" })
        {
            File.Copy(Path.Combine(_folder, file), Path.Combine(copy, file));
        }

        Assert.True(new FileInfo(Path.Combine(copy, "wagrains.db-wal")).Length > 500_000);
        link.RollBack();
        var (restored, _) = await Open(copy);
        var counts = await restored.Reads.Counts(CancellationToken.None);
        Assert.Equal((0, 1), (counts["alert"], counts["message"]));
    }

    [Fact]
    public async Task Full_disk_makes_the_store_unavailable_and_leaves_nothing()
    {
        var limited = new SqliteStore(Path.Combine(_folder, "small"), _clock) { PagesMax = 100 };
        _stores.Add(limited);
        var own = await limited.Open("silo", CancellationToken.None);
        var rows = Enumerable.Range(1, 100).Select(n => StoreUnderTest.Turn((ulong)n, Large(n))).ToArray();
        var result = await limited.Commit(new CommitBatch(own with { Batch = 1 }, rows), CancellationToken.None);
        Assert.Equal(CommitVerdict.Unavailable, result.Verdict);
        Assert.Equal(0, (await limited.Reads.Counts(CancellationToken.None))["message"]);
        await Keep(limited, own, 1, 1);
    }

    [Fact]
    public async Task Idle_moment_copies_the_log_and_drops_old_keys()
    {
        var (store, fence) = await Open(_folder);
        var old = StoreUnderTest.Turn(1, Sample.Idempotent("old", -8 * 86400), Sample.Idempotent("new", 0));
        var empty = new FileInfo(Path.Combine(_folder, "wagrains.db")).Length;
        await store.Commit(new CommitBatch(fence with { Batch = 1 }, [old]), CancellationToken.None);
        Assert.Equal(2, (await store.Reads.Counts(CancellationToken.None))["idempotency"]);
        _clock.Advance(SqliteHousekeeping.Idle);
        _clock.Advance(SqliteHousekeeping.Idle);
        Assert.Equal(1, (await store.Reads.Counts(CancellationToken.None))["idempotency"]);
        Assert.True(new FileInfo(Path.Combine(_folder, "wagrains.db")).Length > empty);
    }

    private static Domain.Messaging.MessageAdded Large(int n) =>
        new(Sample.Inbound(n).Row with { Text = new string('x', 20_000) });

    private static async Task Keep(SqliteStore store, Fence fence, long batch, int message)
    {
        var turn = StoreUnderTest.Turn(1, Sample.Inbound(message));
        var result = await store.Commit(new CommitBatch(fence with { Batch = batch }, [turn]), CancellationToken.None);
        Assert.Equal((CommitVerdict.Durable, 0), (result.Verdict, result.Refused.Count));
    }

    private async Task<(SqliteStore Store, Fence Fence)> Open(string folder)
    {
        var store = new SqliteStore(folder, _clock);
        _stores.Add(store);
        return (store, await store.Open("silo", CancellationToken.None));
    }

    private object? Ask(string sql)
    {
        var file = Path.Combine(_folder, "wagrains.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
