using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>What became of a batch is never guessed.</summary>
public sealed class PostgresLostAnswerTests : IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    public async Task InitializeAsync() => _database = await PostgresDatabase.Migrated();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Batch_whose_answer_is_lost_is_found_durable_and_the_next_one_follows()
    {
        await using var line = new MutedLine(_database.Connection);
        var store = _database.Store(line.Connection);
        var fence = (await store.Open("silo", CancellationToken.None)) with { Batch = 1 };
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence));
        line.Mute();
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence with { Batch = 2 }));
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence with { Batch = 3 }));
        Assert.Equal(3L, await _database.Ask<long>("SELECT count(*) FROM alert"));
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Batch_whose_session_was_ended_before_it_is_unavailable_and_may_be_staged_anew()
    {
        var (store, fence) = await _database.Open("silo");
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence));
        await _database.Ask<bool>("SELECT pg_terminate_backend(backend_pid, 5000) FROM fence WHERE silo = 'silo'");
        Assert.Equal(CommitVerdict.Unavailable, await PostgresDatabase.Commit(store, fence with { Batch = 2 }));
        Assert.Equal(1L, await _database.Ask<long>("SELECT count(*) FROM alert"));
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence with { Batch = 2 }));
    }

    [Fact]
    public async Task Batch_whose_answer_is_lost_after_its_fence_was_closed_has_lost_the_fence()
    {
        await using var line = new MutedLine(_database.Connection);
        var store = _database.Store(line.Connection);
        var fence = (await store.Open("silo", CancellationToken.None)) with { Batch = 1 };
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence));
        await _database.Execute("UPDATE fence SET alive = false WHERE silo = 'silo'");
        line.Mute();
        Assert.Equal(CommitVerdict.FenceLost, await PostgresDatabase.Commit(store, fence with { Batch = 2 }));
        Assert.Equal(1L, await _database.Ask<long>("SELECT count(*) FROM alert"));
        await store.DisposeAsync();
    }
}
