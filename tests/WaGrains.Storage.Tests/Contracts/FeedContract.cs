using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Feed;
using WaGrains.Engine.Reading;

namespace WaGrains.Storage.Tests.Contracts;

/// <summary>The feed tells what was committed, in that order, to any reader, each at its own place.</summary>
public abstract class FeedContract(Func<Task<StoreUnderTest>> open) : StoreContract(open)
{
    /// <summary>Events are kept for seven days.</summary>
    private static readonly TimeSpan LongAfter = TimeSpan.FromDays(10);

    [Fact]
    public async Task Events_come_in_the_order_of_their_commits_and_of_their_turns()
    {
        await Store.Keep(Sample.Inbound(3), Sample.Inbound(1));
        await Store.Commit(
            StoreUnderTest.Turn(1, Sample.Inbound(5)), StoreUnderTest.Turn(2, Sample.Inbound(4), Sample.Inbound(2)));
        var page = await Read(null);
        Assert.Equal((int[])[3, 1, 5, 4, 2], page.Events.Select(NumberOf));
        Assert.False(page.HasMore);
        var places = page.Events.Select(told => told.Position).ToList();
        Assert.Equal(places, places.Order(Places));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_of_any_size_follow_one_another_without_a_gap(int size)
    {
        for (var n = 1; n <= 9; n += 3)
        {
            await Store.Keep(Sample.Inbound(n), Sample.Inbound(n + 1), Sample.Inbound(n + 2));
        }

        Assert.Equal(Enumerable.Range(1, 9), await ReadAll(null, size));
    }

    [Fact]
    public async Task Reader_that_has_everything_goes_on_with_what_comes_next()
    {
        var empty = await Read(null);
        Assert.Empty(empty.Events);
        await Store.Keep(Sample.Inbound(1));
        var first = await Read(empty.Next);
        Assert.Equal((int[])[1], first.Events.Select(NumberOf));
        Assert.Empty((await Read(first.Next)).Events);
        await Store.Keep(Sample.Inbound(2));
        Assert.Equal((int[])[2], (await Read(first.Next)).Events.Select(NumberOf));
        Assert.Equal((int[])[2], (await Read(first.Events[0].Position)).Events.Select(NumberOf));
    }

    [Fact]
    public async Task Two_readers_each_go_on_where_they_are()
    {
        await Store.Keep(Sample.Inbound(1), Sample.Inbound(2));
        var ahead = await Read(null);
        var behind = await Read(null, 1);
        await Store.Keep(Sample.Inbound(3));
        Assert.Equal((int[])[3], (await Read(ahead.Next)).Events.Select(NumberOf));
        Assert.Equal((int[])[2, 3], (await Read(behind.Next)).Events.Select(NumberOf));
    }

    [Fact]
    public async Task Turn_that_is_refused_tells_nothing()
    {
        await Store.Keep(Sample.Inbound(1));
        var result = await Store.Commit(
            StoreUnderTest.Turn(1, Sample.Inbound(2)),
            StoreUnderTest.Turn(2, Sample.Inbound(3), Sample.Inbound(1)),
            StoreUnderTest.Turn(2, Sample.Inbound(4)),
            StoreUnderTest.Turn(3, Sample.Inbound(5)));
        Assert.Equal((int[])[1, 2], result.Refused.Select(turn => turn.Index));
        Assert.Equal((int[])[1, 2, 5], await ReadAll(null, 2));
    }

    [Fact]
    public async Task Lost_fence_tells_nothing()
    {
        var lost = await Store.Store.Commit(
            new CommitBatch(Store.Next with { Batch = 7 }, [StoreUnderTest.Turn(1, Sample.Inbound(1))]),
            CancellationToken.None);
        Assert.Equal(CommitVerdict.FenceLost, lost.Verdict);
        Assert.Empty((await Read(null)).Events);
    }

    [Fact]
    public async Task Tenant_reads_its_own_events_alone()
    {
        var foreign = Sample.Inbound(2) with { Row = Sample.Inbound(2).Row with { Tenant = Sample.Rival } };
        await Store.Keep(Sample.Inbound(1), foreign, Sample.Inbound(3));
        Assert.Equal((int[])[1, 3], await ReadAll(null, 50));
        Assert.Equal(Sample.Id(2), Assert.Single((await Read(null, 50, Sample.Rival)).Events).Event.Message);
    }

    [Fact]
    public async Task Place_before_what_is_kept_leads_nowhere()
    {
        await Store.Keep(Sample.Inbound(1), Sample.Inbound(2));
        var old = (await Read(null, 1)).Next;
        await Store.Maintain(TimeProvider.System.GetUtcNow() + LongAfter);
        Assert.Null(await Reads.Feed(Sample.Acme, old, 50, CancellationToken.None));
        Assert.Empty((await Read(null)).Events);
    }

    [Fact]
    public async Task Reader_that_keeps_asking_keeps_its_place_however_little_happens()
    {
        await Store.Keep(Sample.Inbound(1));
        var place = (await Read(null)).Next;
        var foreign = Sample.Inbound(2) with { Row = Sample.Inbound(2).Row with { Tenant = Sample.Rival } };
        await Store.Keep(foreign);
        place = (await Read(place)).Next;
        await Store.Maintain(TimeProvider.System.GetUtcNow() + LongAfter);
        await Store.Keep(Sample.Inbound(3));
        Assert.Equal((int[])[3], (await Read(place)).Events.Select(NumberOf));
    }

    [Fact]
    public async Task Events_within_their_time_are_kept()
    {
        await Store.Keep(Sample.Inbound(1));
        var place = (await Read(null, 1)).Next;
        await Store.Maintain(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(5));
        Assert.Equal((int[])[1], await ReadAll(null, 50));
        Assert.Empty((await Read(place)).Events);
    }

    [Fact]
    public async Task Places_given_out_before_a_restore_lead_nowhere_and_the_rest_can_be_read_anew()
    {
        await Store.Keep(Sample.Inbound(1));
        var old = (await Read(null)).Next;
        await Store.RaiseEpoch();
        await Store.Keep(Sample.Inbound(2));
        Assert.Null(await Reads.Feed(Sample.Acme, old, 50, CancellationToken.None));
        Assert.Equal((int[])[1, 2], await ReadAll(null, 1));
    }

    [Fact]
    public async Task Place_that_has_not_been_reached_yet_leads_nowhere()
    {
        await Store.Keep(Sample.Inbound(1));
        var next = (await Read(null)).Next;
        var ahead = next with { Commit = next.Commit + 1_000_000 };
        Assert.Null(await Reads.Feed(Sample.Acme, ahead, 50, CancellationToken.None));
    }

    [Fact]
    public async Task Event_names_what_happened_and_to_whom()
    {
        await Store.Keep(Sample.Inbound(1));
        var told = Assert.Single((await Read(null)).Events);
        Assert.NotEqual(default, told.At);
        Assert.Equal(
            new FeedEvent
            {
                Kind = FeedKinds.MessageReceived,
                Conversation = Sample.With(100),
                Message = Sample.Id(1),
                Detail = "text",
            },
            told.Event);
    }

    private static readonly Comparer<FeedPosition> Places =
        Comparer<FeedPosition>.Create((a, b) => (a.Commit, a.Ordinal).CompareTo((b.Commit, b.Ordinal)));

    private static int NumberOf(StoredEvent told) => (int)(told.Event.Message!.Value.At - Sample.Start).TotalSeconds;

    private async Task<FeedPage> Read(FeedPosition? after, int most = 50, TenantId? of = null) =>
        await Reads.Feed(of ?? Sample.Acme, after, most, CancellationToken.None)
        ?? throw new InvalidOperationException($"{after} leads nowhere");

    private async Task<IReadOnlyList<int>> ReadAll(FeedPosition? after, int size)
    {
        List<int> all = [];
        for (var more = true; more;)
        {
            var page = await Read(after, size);
            Assert.True(page.Events.Count <= size);
            all.AddRange(page.Events.Select(NumberOf));
            (after, more) = (page.Next, page.HasMore);
        }

        return all;
    }
}
