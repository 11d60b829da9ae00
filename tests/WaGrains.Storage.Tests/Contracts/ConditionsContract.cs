using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>Every condition a change carries: where it does not hold, nothing of the turn stands.</summary>
public abstract class ConditionsContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    private static readonly Identity Phone = new(IdentityKind.Phone, "5511987654321");

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["message id taken"] = new([Sample.Inbound(1)], Sample.Inbound(1), "message"),
        ["message id taken by the other direction"] = new([Sample.Inbound(1)], Sample.Outbound(1), "message"),
        ["queue row already there"] = new([Queued(1)], Queued(1), "send_queue"),
        ["attempt without a queue row"] = new([], Start(1, 1), "send_queue"),
        ["attempt out of turn"] = new([Queued(1)], Start(1, 2), "send_queue"),
        ["attempt of a row that is attempting"] = new([Queued(1), Start(1, 1)], Start(1, 1), "send_queue"),
        ["next attempt before the return"] = new([Queued(1), Start(1, 1)], Start(1, 2), "send_queue"),
        ["attempt by another number"] = new([Queued(1)], Start(1, 1) with { Number = new(8) }, "send_queue"),
        ["attempt number used before"] = new(
            [Queued(1), Start(1, 1), Remove(1), Queued(1)], Start(1, 1), "attempt"),
        ["return of a queued row"] = new([Queued(1)], Return(1, 0), "send_queue"),
        ["return of another attempt"] = new([Queued(1), Start(1, 1)], Return(1, 2), "send_queue"),
        ["return of an absent row"] = new([], Return(1, 1), "send_queue"),
        ["removal of an absent row"] = new([], Remove(1), "send_queue"),
        ["removal under another number"] = new([Queued(1)], Remove(1) with { Number = new(8) }, "send_queue"),
        ["contact there already"] = new([Person(5)], Person(5), "contact"),
        ["identity taken by another"] = new([Named(5)], Named(6), "identity"),
        ["identity added twice"] = new([Named(5)], Named(5), "identity"),
        ["move of an absent identity"] = new([], Move(5, 6), "identity"),
        ["move of another's identity"] = new([Named(7)], Move(5, 6), "identity"),
        ["merge of an absent contact"] = new([Person(5)], Merge(6, 5), "contact"),
        ["merge into an absent contact"] = new([Person(6)], Merge(6, 5), "contact"),
        ["merge of a merged contact"] = new(
            [Person(4), Person(5), Person(6), Merge(6, 5)], Merge(6, 4), "contact"),
        ["merge into a merged contact"] = new(
            [Person(4), Person(5), Person(6), Merge(5, 4)], Merge(6, 5), "contact"),
        ["merge into itself"] = new([Person(5)], Merge(5, 5), "contact"),
        ["idempotency key taken"] = new([Sample.Idempotent("k", 0)], Sample.Idempotent("k", 1), "idempotency"),
        ["idempotency key taken for seven days"] = new(
            [Sample.Idempotent("k", 0)], Sample.Idempotent("k", 7 * 86400), "idempotency"),
        ["api key taken"] = new([Key()], Key() with { Name = "other" }, "api_key"),
        ["revoked api key taken"] = new([Key(), new ApiKeyRevoked(Sample.Acme, "ab12")], Key(), "api_key"),
        ["number of Meta's taken"] = new([Sample.NumberRow(7)], Sample.NumberRow(8), "phone_number"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Change_whose_condition_fails_takes_its_turn_with_it(string name)
    {
        var (before, refused, table) = Cases[name];
        foreach (var change in before)
        {
            await Store.Keep(change);
        }

        var counts = await Reads.Counts(CancellationToken.None);
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, Sample.Alert(1), refused, Sample.Alert(2)), StoreUnderTest.Turn(2, Sample.Alert(3)));
        Assert.Equal([new RefusedTurn(0, RefusedBecause.Conflict, table)], result.Refused);
        var alerts = await Reads.Alerts(Sample.Acme, null, 10, CancellationToken.None);
        Assert.Equal(["alert 3"], alerts.Select(alert => alert.Detail));
        var after = new Dictionary<string, long>(await Reads.Counts(CancellationToken.None))
        {
            ["alert"] = 0,
            ["feed"] = counts["feed"],
        };
        Assert.Equal(counts, after);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Change_whose_condition_an_earlier_turn_of_the_batch_breaks_is_refused_too(string name)
    {
        var (before, refused, table) = Cases[name];
        var turns = before.Select((change, i) => StoreUnderTest.Turn((ulong)i + 10, change));
        var result = await Store.Commit([.. turns, StoreUnderTest.Turn(1, refused)]);
        Assert.Equal([new RefusedTurn(before.Length, RefusedBecause.Conflict, table)], result.Refused);
    }

    [Fact]
    public async Task Idempotency_key_past_its_time_gives_way()
    {
        await Store.Keep(Sample.Idempotent("k", 0));
        await Store.Keep(Sample.Idempotent("k", (7 * 86400) + 1));
        var read = await Reads.Idempotency(Sample.Acme, "k", Sample.At(1), CancellationToken.None);
        Assert.Equal(Sample.At((7 * 86400) + 1), read!.At);
    }

    [Fact]
    public async Task Two_numbers_may_both_be_without_an_id_of_Metas()
    {
        await Store.Keep(Sample.NumberRow(7, metaId: ""));
        await Store.Keep(Sample.NumberRow(8, metaId: ""));
        Assert.Null(await Reads.NumberByMetaId("", CancellationToken.None));
    }

    [Fact]
    public async Task Id_of_Metas_that_one_number_gives_up_may_be_taken_by_another()
    {
        await Store.Keep(Sample.NumberRow(7, metaId: "one"));
        await Store.Keep(Sample.NumberRow(7, version: 2, metaId: "two"), Sample.NumberRow(8, metaId: "one"));
        var number = await Reads.NumberByMetaId("one", CancellationToken.None);
        Assert.Equal(new PhoneNumberId(8), number!.Id);
    }

    [Fact]
    public async Task Row_of_a_number_is_its_tenants_own()
    {
        await Store.Keep(Sample.NumberRow(7, metaId: "one"));
        var number = new PhoneNumberId(7);
        Assert.Equal("one", (await Reads.NumberState(Sample.Acme, number, default))!.Settings.PhoneNumberId);
        Assert.Null(await Reads.NumberState(Sample.Rival, number, default));
        Assert.Null(await Reads.NumberState(Sample.Acme, new PhoneNumberId(8), default));
    }

    private static QueueRowAdded Queued(int n) => new(Sample.Row(n));

    private static AttemptStarted Start(int n, int attempt) =>
        new(Sample.Acme, Sample.Number, Sample.Id(n), attempt, Sample.At(5));

    private static QueueRowReturned Return(int n, int attempt) =>
        new(Sample.Acme, Sample.Number, Sample.Id(n), attempt, null);

    private static QueueRowRemoved Remove(int n) => new(Sample.Acme, Sample.Number, Sample.Id(n));

    private static ContactAdded Person(ulong id) => new(Sample.Acme, new ContactId(id), "Bia", "bia", Sample.At(0));

    private static IdentityAdded Named(ulong contact) => new(Sample.Acme, Phone, new ContactId(contact));

    private static IdentityMoved Move(ulong from, ulong to) =>
        new(Sample.Acme, Phone, new ContactId(from), new ContactId(to));

    private static ContactMerged Merge(ulong from, ulong into) =>
        new(Sample.Acme, new ContactId(from), new ContactId(into), Sample.At(1));

    private static ApiKeyAdded Key() => new(Sample.Acme, "ab12", "crm", Role.Owner, null, Sample.At(0));

    private sealed record Case(Change[] Before, Change Refused, string Table);
}
