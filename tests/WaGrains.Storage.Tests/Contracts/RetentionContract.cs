using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>What goes by itself, and when.</summary>
public abstract class RetentionContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    public static TheoryData<string, int> Kept => new()
    {
        { "attempt", 30 },
        { "alert", 365 },
        { "raw_webhook", 30 },
        { "dead_letter", 90 },
        { "idempotency", 7 },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Row_is_kept_for_its_days_and_no_longer(string table, int days)
    {
        await Store.Keep(Sample.Outbound(1), new QueueRowAdded(Sample.Row(1)));
        await Store.Keep(
            new AttemptStarted(Sample.Acme, Sample.Number, Sample.Id(1), 1, Sample.At(1)),
            Sample.Alert(1),
            new RawKept(Sample.Acme, Sample.Id(1), "calls", "unknown_field", new byte[] { 2 }),
            new DeadLettered(OwnerKey.Of(Sample.Acme), "SetPresence", "bug", new byte[] { 1 }, Sample.At(1)),
            Sample.Idempotent("key", 1));
        await Store.Maintain(Sample.At(0).AddDays(days));
        Assert.Equal(1, await Count(table));
        await Store.Maintain(Sample.At(2).AddDays(days));
        Assert.Equal(0, await Count(table));
        Assert.Equal(1, await Count("message"));
    }

    [Fact]
    public async Task Rows_of_all_tenants_go_however_many_and_younger_ones_stay()
    {
        await Store.Keep([.. Enumerable.Range(1, 450).Select(Sample.Alert)]);
        await Store.Keep([.. Enumerable.Range(1, 250).Select(n => Sample.Alert(n) with { Tenant = Sample.Rival })]);
        await Store.Keep(Sample.Alert(1000), Sample.Alert(1000) with { Tenant = Sample.Rival });
        await Store.Maintain(Sample.At(900).AddDays(365));
        Assert.Equal(2, await Count("alert"));
        Assert.Single(await Reads.Alerts(Sample.Rival, null, 10, CancellationToken.None));
    }

    private async Task<long> Count(string table) => (await Reads.Counts(CancellationToken.None))[table];
}
