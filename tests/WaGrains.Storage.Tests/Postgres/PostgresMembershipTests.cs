using Npgsql;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Postgres;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>What the runtime writes about silos decides who may commit.</summary>
public sealed class PostgresMembershipTests : IAsyncLifetime
{
    /// <summary>Those the runtime's clustering asks for, and the newer one it prefers where it finds it.</summary>
    private static readonly string[] Keys =
    [
        "CleanupDefunctSiloEntriesKey", "CleanupDefunctSiloEntryKey", "DeleteMembershipTableEntriesKey",
        "GatewaysQueryKey", "InsertMembershipKey", "InsertMembershipVersionKey", "MembershipReadAllKey",
        "MembershipReadRowKey", "UpdateIAmAlivetimeKey", "UpdateMembershipKey",
    ];

    private PostgresDatabase _database = null!;

    public async Task InitializeAsync() => _database = await PostgresDatabase.Migrated();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Every_query_the_runtime_needs_is_there()
    {
        var keys = await _database.Ask<string[]>("SELECT array_agg(QueryKey ORDER BY QueryKey) FROM OrleansQuery");
        Assert.Equal(Keys, keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Silo_that_is_declared_dead_commits_no_more_and_the_others_do()
    {
        var (dead, deadFence) = await Join("a", 0);
        var (other, otherFence) = await Join("b", 1);
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(dead, deadFence));
        Assert.True(await Update("a", status: 6, version: 2));
        Assert.Equal(CommitVerdict.FenceLost, await PostgresDatabase.Commit(dead, deadFence with { Batch = 2 }));
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(other, otherFence));
        Assert.Equal(1L, await _database.Ask<long>("SELECT count(*) FROM alert"));
        Assert.Equal(3, await _database.Ask<int>("SELECT version FROM cluster_version"));
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(4, 1)]
    public async Task Declaration_that_loses_the_race_or_is_not_death_leaves_the_fence_open(int status, int version)
    {
        var (store, fence) = await Join("a", 0);
        Assert.Equal(version == 1, await Update("a", status, version));
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(store, fence));
        Assert.Equal(1 + version, await _database.Ask<int>("SELECT version FROM cluster_version"));
    }

    [Fact]
    public async Task Client_frozen_in_the_middle_of_a_batch_is_ended_by_whoever_declares_it_dead()
    {
        var (_, fence) = await Join("a", 0);
        await using var frozen = await _database.Connect();
        Assert.True(await PostgresFence.Claim(frozen, fence));
        await using var open = await frozen.BeginTransactionAsync();
        await using (var batch = new NpgsqlCommand("UPDATE fence SET last_batch = 1 WHERE silo = 'a'", frozen))
        {
            await batch.ExecuteNonQueryAsync();
        }

        Assert.True(await Update("a", status: 6, version: 1));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => open.CommitAsync());
        Assert.False(await _database.Ask<bool>("SELECT alive FROM fence WHERE silo = 'a'"));
        Assert.Equal(0L, await _database.Ask<long>("SELECT last_batch FROM fence WHERE silo = 'a'"));
    }

    [Fact]
    public async Task Joining_under_a_new_cluster_id_closes_the_fences_of_the_old_one()
    {
        var (old, oldFence) = await Join("a", 0);
        var (sibling, siblingFence) = await _database.Open("c");
        var (fresh, freshFence) = await Join("b", 0, cluster: "new");
        Assert.Equal(CommitVerdict.FenceLost, await PostgresDatabase.Commit(old, oldFence));
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(fresh, freshFence));
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(sibling, siblingFence));
    }

    [Fact]
    public async Task Row_that_is_there_already_is_not_inserted_again()
    {
        await Join("a", 0);
        Assert.False(await Insert("a", 1, "old"));
        Assert.Equal(1, await _database.Ask<int>("SELECT version FROM cluster_version"));
    }

    [Theory]
    [InlineData(3, "1 second", "b", true)]
    [InlineData(3, "1 minute", "b", false)]
    [InlineData(6, "1 second", "b", false)]
    [InlineData(3, "1 second", "a", false)]
    public async Task Another_silo_serves_that_is_a_member_and_has_shown_itself_lately(
        int status, string ago, string asks, bool serves)
    {
        var (store, _) = await Join("a", 0);
        await _database.Ask<int>(
            $"UPDATE silo SET status = {status}, i_am_alive = now() - interval '{ago}' RETURNING 1");

        Assert.Equal(serves, await store.OthersServe(asks, CancellationToken.None));
    }

    private async Task<(PostgresStore Store, Fence Fence)> Join(string silo, int version, string cluster = "old")
    {
        var opened = await _database.Open(silo);
        await Run("InsertMembershipVersionKey", ("DeploymentId", cluster));
        Assert.True(await Insert(silo, version, cluster));
        return opened;
    }

    private Task<bool> Insert(string silo, int version, string cluster) => Run(
        "InsertMembershipKey",
        ("DeploymentId", cluster),
        ("Address", "127.0.0.1"),
        ("Port", (int)silo[0]),
        ("Generation", 1),
        ("SiloName", silo),
        ("HostName", "host"),
        ("Status", 3),
        ("ProxyPort", 30000),
        ("StartTime", Sample.Start.UtcDateTime),
        ("IAmAliveTime", Sample.Start.UtcDateTime),
        ("Version", version));

    private Task<bool> Update(string silo, int status, int version) => Run(
        "UpdateMembershipKey",
        ("DeploymentId", "old"),
        ("Address", "127.0.0.1"),
        ("Port", (int)silo[0]),
        ("Generation", 1),
        ("Status", status),
        ("SuspectTimes", "somebody"),
        ("IAmAliveTime", Sample.Start.UtcDateTime),
        ("Version", version));

    private async Task<bool> Run(string key, params (string Name, object Value)[] parameters)
    {
        var sql = await _database.Ask<string>($"SELECT QueryText FROM OrleansQuery WHERE QueryKey = '{key}'");
        await using var connection = await _database.Connect();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter(name, value));
        }

        return await command.ExecuteScalarAsync() is true;
    }
}
