using Npgsql;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Storage.Postgres;
using WaGrains.Storage.Postgres.Writing;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Tests.Postgres;

/// <summary>Months, classes and what becomes of old ones. Months are those of the database's clock.</summary>
public sealed class PostgresArchiveTests : IAsyncLifetime
{
    private PostgresDatabase _database = null!;
    private PostgresStore _store = null!;
    private Fence _fence;
    private DateTimeOffset _month;

    public async Task InitializeAsync()
    {
        _database = await PostgresDatabase.Migrated();
        (_store, _fence) = await _database.Open("silo");
        var now = new DateTimeOffset(await _database.Ask<DateTime>("SELECT now()"), TimeSpan.Zero);
        _month = ArchiveMonth.Of(now).Start;
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Message_lands_in_the_table_of_its_month_and_a_stray_in_the_default_one()
    {
        await Keep(Written("acme"), MessageAt("acme", _month), MessageAt("acme", _month.AddYears(-3)));
        Assert.Equal((int[])[1, 1], await Rows("message_c0_" + Month(0), "message_c0_default"));
        Assert.NotNull(await Read("acme", _month));
        Assert.NotNull(await Read("acme", _month.AddYears(-3)));
    }

    [Fact]
    public async Task Stray_moves_into_its_month_once_that_is_made()
    {
        var later = _month.AddMonths(5);
        await Keep(Written("acme"), MessageAt("acme", later));
        await _store.Maintain(_month.AddMonths(4), CancellationToken.None);
        Assert.Equal((int[])[1, 0], await Rows("message_c0_" + Month(5), "message_c0_default"));
        await Keep(new StatusRaised(
            TenantId.Parse("acme"), At(later), MessageStatus.Read, later, "wamid", null, null, null));
        Assert.Equal(MessageStatus.Read, (await Read("acme", later))!.Row.Status);
    }

    [Fact]
    public async Task Month_goes_when_its_class_has_kept_it_long_enough_and_others_stay()
    {
        await Keep(Written("acme"), Written("brief", Retention.Days90), Written("always", Retention.Forever));
        await Keep(MessageAt("acme", _month), MessageAt("brief", _month), MessageAt("always", _month));
        await _store.Maintain(_month.AddMonths(1).AddDays(90).AddTicks(-1), CancellationToken.None);
        Assert.NotNull(await Read("brief", _month));
        await _store.Maintain(_month.AddMonths(1).AddDays(90), CancellationToken.None);
        Assert.Null(await Read("brief", _month));
        Assert.NotNull(await Read("acme", _month));
        await _store.Maintain(_month.AddMonths(1).AddYears(9), CancellationToken.None);
        Assert.Null(await Read("acme", _month));
        Assert.NotNull(await Read("always", _month));
    }

    [Fact]
    public async Task Silo_that_does_not_know_of_a_dropped_month_commits_and_reads_all_the_same()
    {
        await Keep(Written("brief", Retention.Days90), MessageAt("brief", _month));
        var (other, fence) = await _database.Open("other");
        await other.Maintain(_month.AddYears(1), CancellationToken.None);
        Assert.Null(await Read("brief", _month));
        await Keep(MessageAt("brief", _month.AddTicks(10_000)));
        Assert.Equal(CommitVerdict.Durable, await PostgresDatabase.Commit(other, fence));
    }

    [Fact]
    public async Task Change_of_retention_holds_from_the_next_month_on_and_the_last_word_counts()
    {
        await Keep(Written("acme"));
        await Keep(Written("acme", Retention.Year5, version: 2));
        await Keep(Written("acme", Retention.Days90, version: 3));
        Assert.Equal(
            (short[])[0, 1],
            await _database.Ask<short[]>("SELECT array_agg(class ORDER BY since_month) FROM retention"));
        await _store.Maintain(_month, CancellationToken.None);
        await Keep(MessageAt("acme", _month), MessageAt("acme", _month.AddMonths(2)));
        Assert.Equal((int[])[1, 1], await Rows("message_c0_" + Month(0), "message_c1_" + Month(2)));
        Assert.NotNull(await Read("acme", _month.AddMonths(2)));
    }

    [Fact]
    public async Task Status_and_a_stirring_conversation_are_updated_in_place()
    {
        await Keep(Sample.Outbound(1), Sample.Write(Sample.Conversation(1)));
        var raised = new StatusRaised(
            Sample.Acme, Sample.Id(1), MessageStatus.Sent, Sample.At(9), "w", null, "p", null);
        var state = Sample.Conversation(1, version: 2) with { LastActivityAt = Sample.At(2) };
        var table = await _database.Ask<string>("SELECT tableoid::regclass::text FROM message");
        var map = new ArchiveMap(
            new Dictionary<(int Class, int Month), ArchivePart>
            {
                [(0, ArchiveMonth.Of(Sample.Id(1)).Index)] = new ArchivePart(0, table),
            },
            new Dictionary<TenantId, IReadOnlyList<ClassSince>>(),
            0);
        var turn = StoreUnderTest.Turn(1, raised, Sample.Write(state));
        var plan = CommitPlan.Of(new Archive(TimeProvider.System), map, [turn], 0, out _)!;
        await using var connection = await _database.Connect();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (command, _) in plan)
        {
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
            await batch.ExecuteNonQueryAsync();
        }

        await using var ask = new NpgsqlCommand(
            $"""
            SELECT array_agg(n_tup_hot_upd) FROM pg_stat_xact_user_tables WHERE relname IN ('{table}', 'conversation')
            """,
            connection);
        Assert.Equal((long[])[1, 1], (long[])(await ask.ExecuteScalarAsync())!);
    }

    [Fact]
    public async Task Tenant_written_by_an_open_transaction_is_found_once_it_commits()
    {
        await using var slow = await _database.Connect();
        await using var open = await slow.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand(
            "INSERT INTO tenant SELECT 'slow', 1, pg_current_xact_id()::text::bigint, $1", slow))
        {
            var state = new TenantState { Id = TenantId.Parse("slow"), Version = 1, Name = "slow" };
            write.Parameters.Add(new() { Value = Engine.Serialization.StoredJson.Write(state) });
            await write.ExecuteNonQueryAsync();
        }

        await Keep(Written("quick"));
        var first = await _store.Reads.TenantsSince(0, CancellationToken.None);
        Assert.Equal(["quick"], first.Tenants.Select(tenant => tenant.Id.Value));
        await open.CommitAsync();
        var second = await _store.Reads.TenantsSince(first.Revision, CancellationToken.None);
        Assert.Contains(second.Tenants, tenant => tenant.Id.Value == "slow");
    }

    private static TenantWritten Written(string id, Retention kept = Retention.Year1, long version = 1) =>
        new(new TenantState
        {
            Id = TenantId.Parse(id),
            Version = version,
            Name = id,
            Configuration = new TenantConfiguration { Retention = kept },
        });

    private static MessageId At(DateTimeOffset at) => MessageId.New(at, 7);

    private static MessageAdded MessageAt(string tenant, DateTimeOffset at) =>
        new(Sample.Inbound(1).Row with { Tenant = TenantId.Parse(tenant), Id = At(at) });

    private string Month(int ahead) => _month.AddMonths(ahead).ToString("yyyyMM");

    private async Task<int[]> Rows(params string[] tables)
    {
        List<int> rows = [];
        foreach (var table in tables)
        {
            rows.Add((int)await _database.Ask<long>($"SELECT count(*) FROM {table}"));
        }

        return [.. rows];
    }

    private async Task<Engine.Reading.StoredMessage?> Read(string tenant, DateTimeOffset at) =>
        await _store.Reads.Message(TenantId.Parse(tenant), At(at), CancellationToken.None);

    private async Task Keep(params Change[] changes)
    {
        var batch = new CommitBatch(_fence, [StoreUnderTest.Turn(1, changes)]);
        var result = await _store.Commit(batch, CancellationToken.None);
        Assert.Equal((CommitVerdict.Durable, 0), (result.Verdict, result.Refused.Count));
        _fence = _fence with { Batch = _fence.Batch + 1 };
    }
}
