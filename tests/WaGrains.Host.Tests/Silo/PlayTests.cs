using Microsoft.Extensions.Time.Testing;
using Shared;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Host.Ids;
using WaGrains.Host.Silo.Rehearsing;
using WaGrains.Storage.Postgres;

namespace WaGrains.Host.Tests.Silo;

public sealed class PlayTests
{
    [Fact]
    public async Task Customers_are_answered_one_meets_an_agent_and_Meta_tells_of_each_answer()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

        var (said, commits) = await new Play(new IdSource(clock), clock).Perform(CancellationToken.None);

        Assert.Equal(3, said.OfType<ReceiveInbound>().Count());
        Assert.Equal(3, said.OfType<ReceiveStatuses>().Count());
        Assert.Equal(3, said.OfType<SendSettled>().DistinctBy(settled => settled.Message).Count());
        Assert.Single(said.OfType<AcceptOffer>());
        Assert.NotEmpty(said.OfType<SendCompleted>());
        Assert.NotEmpty(commits);
    }

    [Fact]
    public async Task What_is_played_can_be_rehearsed_on_PostgreSQL()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var store = PostgresStore.Create(await (await PostgresServer.Shared()).Create());
        var fence = await store.Open("silo", CancellationToken.None);

        var (_, commits) = await new Play(new IdSource(clock), clock).Perform(CancellationToken.None);
        await store.Rehearse(fence, commits, CancellationToken.None);

        Assert.Empty(await store.Reads.Tenants(CancellationToken.None));
    }
}
