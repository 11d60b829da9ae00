using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>Portfolios and their reservations: one life grants, and what it has granted is there after it.</summary>
public abstract class PortfolioContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    private static readonly PortfolioId Id = PortfolioId.Of("506914307656634");

    private static PortfolioWritten Written(long version, TenantId? tenant = null, ulong? id = null) =>
        new(new PortfolioState
        {
            Tenant = tenant ?? Sample.Acme,
            Id = id is { } other ? new PortfolioId(other) : Id,
            Version = version,
            Limit = new MessagingLimit(2_000),
            LimitSince = Sample.At(1),
            LimitCause = "webhook",
            Numbers = [Sample.Number],
        });

    private static BudgetReserved Reserved(int message, ulong contact = 100, DateTimeOffset? until = null) => new(
        new BudgetReservation(
            Sample.Acme, Id, Sample.Id(message), new ContactId(contact), Sample.Number, Sample.At(message), until));

    private async Task<IReadOnlyList<BudgetReservation>> Rows() =>
        [.. (await Reads.Portfolio(Sample.Acme, Id, default))!.Reservations.OrderBy(row => row.Message)];

    [Fact]
    public async Task Portfolio_comes_back_with_its_reservations_as_they_were_written()
    {
        Assert.Null(await Reads.Portfolio(Sample.Acme, Id, default));
        await Store.Keep(Written(1), Reserved(1, ulong.MaxValue), Reserved(2, until: Sample.At(90_000)));
        var stored = await Reads.Portfolio(Sample.Acme, Id, default);
        Assert.Equal(Sample.Json(Written(1).State), Sample.Json(stored!.State));
        Assert.Equal([Reserved(1, ulong.MaxValue).Row, Reserved(2, until: Sample.At(90_000)).Row], await Rows());
    }

    [Fact]
    public async Task Of_two_lives_that_grant_at_one_version_only_one_gets_through()
    {
        await Store.Keep(Written(1));
        await Store.Keep(Written(2), Reserved(1));
        var late = await Store.Commit(Written(2), Reserved(2));
        Assert.Equal(RefusedBecause.Version, Assert.Single(late.Refused).Because);
        Assert.Equal(Sample.Id(1), Assert.Single(await Rows()).Message);
    }

    [Fact]
    public async Task Reservation_is_written_over_and_taken_away_even_within_one_batch()
    {
        await Store.Keep(Written(1), Reserved(1), Reserved(2));
        await Store.Commit(
            StoreUnderTest.Turn(1, Reserved(1, until: Sample.At(500))),
            StoreUnderTest.Turn(1, new BudgetReleased(Sample.Acme, Id, Sample.Id(2)), Reserved(3)),
            StoreUnderTest.Turn(1, new BudgetReleased(Sample.Acme, Id, Sample.Id(3))),
            StoreUnderTest.Turn(1, new BudgetReleased(Sample.Acme, Id, Sample.Id(4))));
        Assert.Equal([Reserved(1, until: Sample.At(500)).Row], await Rows());
    }

    [Fact]
    public async Task Portfolios_are_listed_by_id_and_of_one_tenant_alone()
    {
        await Store.Keep(Written(1, id: ulong.MaxValue));
        await Store.Keep(Written(1));
        await Store.Keep(Written(1, id: 5));
        await Store.Keep(Written(1, Sample.Rival));
        var ids = (await Reads.Portfolios(Sample.Acme, default)).Select(state => state.Id);
        Assert.Equal([new PortfolioId(5), Id, new PortfolioId(ulong.MaxValue)], ids);
        Assert.Empty((await Reads.Portfolio(Sample.Rival, Id, default))!.Reservations);
    }

    [Fact]
    public async Task Fates_are_those_of_held_messages_that_have_ended_or_arrived()
    {
        await Store.Keep(
            Written(1), Reserved(1), Reserved(2), Reserved(3), Reserved(4), Reserved(5, until: Sample.At(9)));
        for (var message = 1; message <= 5; message++)
        {
            await Store.Keep(Sample.Outbound(message));
        }

        await Store.Keep(Raised(1, MessageStatus.Accepted), Raised(2, MessageStatus.Delivered));
        await Store.Keep(Raised(3, MessageStatus.Failed), Raised(5, MessageStatus.Read));
        var fates = (await Reads.BudgetFates(Sample.Acme, Id, 100, default)).OrderBy(fate => fate.Message);
        Assert.Equal(
            [
                new BudgetFate(Sample.Id(2), MessageStatus.Delivered, Sample.At(102)),
                new BudgetFate(Sample.Id(3), MessageStatus.Failed, Sample.At(103)),
            ],
            fates);
        Assert.Empty(await Reads.BudgetFates(Sample.Rival, Id, 100, default));
    }

    private static StatusRaised Raised(int message, MessageStatus status) => new(
        Sample.Acme, Sample.Id(message), status, Sample.At(100 + message), null, null, null, null);
}
