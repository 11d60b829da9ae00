using System.Globalization;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
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

    [Fact]
    public async Task Recipients_of_a_send_that_was_never_made_go_a_day_later_however_many()
    {
        var (left, made) = (BulkSendId.First(Sample.Start), new BulkSendId(BulkSendId.First(Sample.Start).Value + 1));
        await Store.Keep(Recipients(left, 600), Recipients(made, 2), new BulkSendWritten(Sent(made, 1)));
        await Store.Maintain(Sample.Start.AddDays(1));
        Assert.Equal(602, await Count("bulk_recipient"));
        await Store.Maintain(Sample.Start.AddDays(1).AddSeconds(1));
        Assert.Equal((2, 1), (await Count("bulk_recipient"), await Count("bulk_send")));
        Assert.Equal(2, (await Reads.BulkPending(Sample.Acme, made, 0, 10, CancellationToken.None)).Count);
    }

    [Theory]
    [InlineData(Retention.Days90, "2027-03-01")]
    [InlineData(Retention.Year1, "2027-12-01")]
    public async Task Ended_send_goes_with_its_recipients_when_its_tenant_would_keep_its_messages_no_longer(
        Retention kept, string goes)
    {
        var (ended, open) = (new BulkSendId(900), new BulkSendId(901));
        await Store.Keep(new TenantWritten(new TenantState
        {
            Id = Sample.Acme, Version = 1, Configuration = new TenantConfiguration { Retention = kept },
        }));
        await Store.Keep(Recipients(ended, 450), Recipients(open, 1));
        await Store.Keep(new BulkSendWritten(Sent(ended, 1)), new BulkSendWritten(Sent(open, 1)));
        await Store.Keep(new BulkSendWritten(
            Sent(ended, 2) with { Phase = BulkPhase.Ended, EndedAt = Sample.Start }));
        var when = DateTimeOffset.Parse(goes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        await Store.Maintain(when.AddSeconds(-1));
        Assert.Equal((451, 2), (await Count("bulk_recipient"), await Count("bulk_send")));
        await Store.Maintain(when);
        Assert.Equal((1, 1), (await Count("bulk_recipient"), await Count("bulk_send")));
        Assert.NotNull(await Reads.BulkSend(Sample.Acme, open, CancellationToken.None));
    }

    private static BulkRecipientsAdded Recipients(BulkSendId send, int count) => new(Sample.Acme, send, [
        .. Enumerable.Range(0, count).Select(i => new BulkRecipient(i, $"55119{i:D8}", null))]);

    private static BulkSendState Sent(BulkSendId id, long version) => BulkSendState.None(Sample.Acme, id) with
    {
        Version = version, CreatedAt = Sample.Start,
    };

    private async Task<long> Count(string table) => (await Reads.Counts(CancellationToken.None))[table];
}
