using Microsoft.Data.Sqlite;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Sqlite;

/// <summary>Messages go by month, when their tenant's class has kept them long enough.</summary>
public sealed class SqliteRetentionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Month = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private StoreUnderTest _store = null!;
    private int _written;

    public async Task InitializeAsync() => _store = await StoreUnderTest.Sqlite();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [InlineData(Retention.Days90, 90)]
    [InlineData(Retention.Year1, 365)]
    [InlineData(Retention.Year2, 730)]
    [InlineData(Retention.Year5, 1826)]
    public async Task Month_goes_as_a_whole_when_its_class_has_kept_it(Retention kept, int days)
    {
        await Tenant("acme", kept);
        await Message("acme", Month);
        await Message("acme", Month.AddMonths(1).AddTicks(-1));
        await Message("acme", Month.AddMonths(1));
        await _store.Maintain(Month.AddMonths(1).AddDays(days).AddSeconds(-1));
        Assert.Equal(3, await Messages("acme"));
        await _store.Maintain(Month.AddMonths(1).AddDays(days));
        Assert.Equal(1, await Messages("acme"));
    }

    [Fact]
    public async Task Each_tenant_keeps_its_own_and_one_that_keeps_for_ever_loses_nothing()
    {
        await Tenant("acme", Retention.Days90);
        await Tenant("rival", Retention.Forever);
        foreach (var tenant in (string[])["acme", "nobody", "rival"])
        {
            for (var n = 0; n < 250; n++)
            {
                await Message(tenant, Month.AddMinutes(n));
            }
        }

        await _store.Maintain(Month.AddMonths(6));
        Assert.Equal((0, 200, 200), (await Messages("acme"), await Messages("nobody"), await Messages("rival")));
        await _store.Maintain(Month.AddYears(20));
        Assert.Equal((0, 0, 200), (await Messages("acme"), await Messages("nobody"), await Messages("rival")));
    }

    [Fact]
    public async Task Change_of_class_holds_from_the_next_month_on()
    {
        await Tenant("acme", Retention.Forever);
        await Tenant("acme", Retention.Days90, version: 2);
        var now = TimeProvider.System.GetUtcNow();
        await Message("acme", now);
        await Message("acme", now.AddMonths(2));
        await _store.Maintain(now.AddYears(3));
        Assert.Equal(1, await Messages("acme"));
    }

    [Fact]
    public async Task Tenants_of_before_keep_what_they_have_set()
    {
        var folder = Directory.CreateTempSubdirectory("wagrains-retention-").FullName;
        try
        {
            await using (var file = new SqliteConnection($"Data Source={folder}/wagrains.db;Pooling=false"))
            {
                await file.OpenAsync();
                await using var make = file.CreateCommand();
                make.CommandText = """
                    CREATE TABLE tenant (id TEXT PRIMARY KEY, state BLOB);
                    INSERT INTO tenant VALUES ('a', CAST('{"configuration":{"retention":"Forever"}}' AS BLOB)),
                        ('b', CAST('{"configuration":{}}' AS BLOB)),
                        ('c', CAST('{"configuration":{"retention":"Days90"}}' AS BLOB));
                    """ + Script("0004_retention");
                await make.ExecuteNonQueryAsync();
                make.CommandText = "SELECT group_concat(tenant || since_month || class) FROM retention";
                Assert.Equal("a04,b00,c01", await make.ExecuteScalarAsync());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Script(string name)
    {
        var assembly = typeof(WaGrains.Storage.Sqlite.SqliteStore).Assembly;
        using var script = new StreamReader(assembly.GetManifestResourceStream("sqlite/" + name)!);
        return script.ReadToEnd();
    }

    private Task Tenant(string id, Retention kept, long version = 1) => _store.Keep(new TenantWritten(new TenantState
    {
        Id = TenantId.Parse(id),
        Version = version,
        Name = id,
        Configuration = new TenantConfiguration { Retention = kept },
    }));

    private Task Message(string tenant, DateTimeOffset at) => _store.Keep(new MessageAdded(Sample.Inbound(1).Row with
    {
        Tenant = TenantId.Parse(tenant), Id = MessageId.New(at, (UInt128)(ulong)++_written),
    }));

    private async Task<int> Messages(string tenant) => (await _store.Reads.Messages(
        new MessageFilter(TenantId.Parse(tenant), [], null, null, null, null, 200), CancellationToken.None)).Count;
}
