using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WaGrains.Host.Events;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Events;

public sealed class EventTests
{
    [Fact]
    public async Task What_happens_is_listed_in_order_with_ids_and_small_words()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        var agent = await tenant.Agent();
        var start = await Cursor(tenant);

        var conversation = await tenant.Held(number, agent);
        (await tenant.Owner.Post($"/v1/conversations/{conversation}/messages", TestTenant.Text())).Ok(202);
        (await tenant.Owner.Post($"/v1/conversations/{conversation}/close")).Ok(200);

        var events = (await tenant.Owner.Get($"/v1/events?after={start}")).Ok(200).GetProperty("data");
        var told = events.EnumerateArray()
            .Where(each => each.GetProperty("conversation_id").GetString() == conversation)
            .Select(each => each.GetProperty("type").GetString());
        Assert.Equal(
            ["message_received", "conversation_assigned", "message_queued", "conversation_released",
                "conversation_closed"],
            told.Where(type => type is not "conversation_waiting"));
        var queued = events.EnumerateArray().Single(each => each.GetProperty("type").GetString() == "message_queued");
        Assert.Equal("api", queued.GetProperty("detail").GetString());
        Assert.StartsWith("msg_", queued.GetProperty("message_id").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("good morning", events.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_go_on_where_the_page_before_ended_and_an_empty_page_has_a_cursor_too()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        await tenant.Inbound(number);
        await tenant.Inbound(number);
        var whole = (await tenant.Owner.Get("/v1/events?limit=200")).Ok(200);
        var ids = Ids(whole);

        List<string> paged = [];
        var after = "";
        for (var more = true; more;)
        {
            var page = (await tenant.Owner.Get($"/v1/events?limit=1&after={after}")).Ok(200);
            paged.AddRange(Ids(page));
            after = page.GetProperty("next_cursor").GetString()!;
            more = page.GetProperty("has_more").GetBoolean();
        }

        Assert.Equal(ids, paged);
        Assert.Equal(ids[2..], Ids((await tenant.Owner.Get($"/v1/events?after={ids[1]}")).Ok(200)));
        Assert.Empty(Ids((await tenant.Owner.Get($"/v1/events?after={after}")).Ok(200)));
        await tenant.Inbound(number);
        Assert.NotEmpty(Ids((await tenant.Owner.Get($"/v1/events?after={after}")).Ok(200)));
    }

    [Fact]
    public async Task Cursor_of_another_tenant_or_none_at_all_is_refused()
    {
        await using var api = await TestApi.Run();
        var (acme, rival) = (await api.Tenant(), await api.Tenant("rival"));
        var foreign = await Cursor(rival);

        (await acme.Owner.Get($"/v1/events?after={foreign}")).Problem(400, "invalid_cursor");
        (await acme.Owner.Get("/v1/events?after=nonsense")).Problem(400, "invalid_cursor");
        (await acme.Owner.Get("/v1/events?limit=0")).Mistake("limit", "out_of_range");
        (await Stream(api, acme.OwnerKey, foreign)).Problem(400, "invalid_cursor");
    }

    [Fact]
    public async Task Cursor_of_another_epoch_has_expired()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var place = await api.Store.Reads.FeedEnd(CancellationToken.None);
        var old = Lists.Cursor.Of(tenant.Id, place with { Epoch = place.Epoch - 1 });

        (await tenant.Owner.Get($"/v1/events?after={old}")).Problem(410, "cursor_expired");
        (await Stream(api, tenant.OwnerKey, old)).Problem(410, "cursor_expired");
    }

    [Fact]
    public async Task Stream_tells_what_happens_after_the_last_event_the_client_has()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        var start = await Cursor(tenant);
        await tenant.Inbound(number);

        await using var stream = await EventReader.Open(api, tenant.OwnerKey, start);
        Assert.Equal("heartbeat", (await stream.Next()).Type);
        var first = await stream.Next();
        Assert.Equal("message_received", first.Type);
        Assert.Equal("message_received", first.Data.GetProperty("type").GetString());
        Assert.Equal(first.Id, first.Data.GetProperty("id").GetString());

        await using var again = await EventReader.Open(api, tenant.OwnerKey, first.Id);
        await again.Next();
        await tenant.Inbound(number);
        Tell(api, tenant);
        var other = await again.NextOf("message_received");
        Assert.NotEqual(first.Id, other.Id);
    }

    [Fact]
    public async Task Stream_without_a_place_begins_now()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        await tenant.Inbound(number, "before");

        await using var stream = await EventReader.Open(api, tenant.OwnerKey, null);
        Assert.Equal("heartbeat", (await stream.Next()).Type);
        var conversation = await tenant.Inbound(number, "after");
        Tell(api, tenant);
        var told = await stream.Next();
        Assert.Equal(conversation, told.Data.GetProperty("conversation_id").GetString());
    }

    [Fact]
    public async Task Streams_of_a_tenant_are_so_many_and_a_closed_one_makes_room()
    {
        await using var api = await TestApi.Run();
        var (acme, rival) = (await api.Tenant(), await api.Tenant("rival"));
        var streams = api.Provided.GetRequiredService<EventStreams>();
        List<EventStream> open = [];
        for (var i = 0; i < EventStreams.PerTenantMax; i++)
        {
            open.Add(streams.TryOpen(acme.Id)!);
        }

        (await Stream(api, acme.OwnerKey, null)).Problem(429, "too_many_streams");
        await using (await EventReader.Open(api, rival.OwnerKey, null))
        {
            open[0].Dispose();
            open[0].Dispose();
            await using var freed = await EventReader.Open(api, acme.OwnerKey, null);
            Assert.Equal("heartbeat", (await freed.Next()).Type);
            (await Stream(api, acme.OwnerKey, null)).Problem(429, "too_many_streams");
        }
    }

    /// <summary>Lets the pause between two looks pass, then says that something was committed: a stream that has looked
    /// since has seen it, any other looks now.</summary>
    private static void Tell(TestApi api, TestTenant tenant)
    {
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        api.Provided.GetRequiredService<EventBell>().Ring([tenant.Id]);
    }

    private static Task<TestAnswer> Stream(TestApi api, string key, string? after) =>
        api.With(key).Get("/v1/events/stream", after is null ? null : ("Last-Event-ID", after));

    private static async Task<string> Cursor(TestTenant tenant)
    {
        var page = (await tenant.Owner.Get("/v1/events?limit=200")).Ok(200);
        return page.GetProperty("next_cursor").GetString()!;
    }

    private static string[] Ids(JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(each => each.GetProperty("id").GetString()!)];
}
