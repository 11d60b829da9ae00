using WaGrains.Engine.Commits;
using WaGrains.Storage.Postgres;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>Commits that are made and undone.</summary>
public sealed class PostgresRehearsalTests
{
    [Fact]
    public async Task Nothing_of_a_rehearsal_stands_and_the_first_commit_after_it_is_the_first()
    {
        await using var database = await PostgresDatabase.Migrated();
        var (store, fence) = await database.Open("silo");

        await store.Rehearse(fence with { Batch = 0 }, [Turns(1), Turns(2)], CancellationToken.None);
        var rehearsed = await database.Ask<long>("SELECT count(*) FROM alert");
        var verdict = await PostgresDatabase.Commit(store, fence);

        Assert.Equal((0, CommitVerdict.Durable, 1), (rehearsed, verdict, await Alerts(database)));
    }

    [Fact]
    public async Task A_rehearsal_that_something_stands_against_is_given_up_and_commits_go_on()
    {
        await using var database = await PostgresDatabase.Migrated();
        var (store, fence) = await database.Open("silo");
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence));

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.Rehearse(fence with { Batch = 7 }, [Turns(2)], CancellationToken.None));
        var verdict = await PostgresDatabase.Commit(store, fence with { Batch = 2 });

        Assert.Equal((CommitVerdict.Durable, 2), (verdict, await Alerts(database)));
    }

    [Fact]
    public async Task A_rehearsal_for_which_there_is_no_time_leaves_the_way_free()
    {
        await using var database = await PostgresDatabase.Migrated();
        var (store, fence) = await database.Open("silo");
        using var over = new CancellationTokenSource();
        await over.CancelAsync();
        var rehearsal = store.Rehearse(fence with { Batch = 0 }, [Turns(1)], over.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rehearsal);

        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence));
    }

    private static Task<long> Alerts(PostgresDatabase database) => database.Ask<long>("SELECT count(*) FROM alert");

    private static IReadOnlyList<TurnRows> Turns(int n) => [StoreUnderTest.Turn(1, Sample.Alert(n))];
}
