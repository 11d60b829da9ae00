using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Messages;

public sealed class MessageTests
{
    [Fact]
    public async Task Message_into_an_open_conversation_is_queued_and_shown_with_its_content()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number());

        var queued = (await tenant.Owner.Post($"/v1/conversations/{conversation}/messages", TestTenant.Text())).Ok(202);

        Assert.Equal("queued", queued.GetProperty("status").GetString());
        Assert.Equal(1, queued.GetProperty("ordinal").GetInt64());
        Assert.Equal(conversation, queued.GetProperty("conversation_id").GetString());
        var id = queued.GetProperty("message_id").GetString();
        var message = (await tenant.Owner.Get($"/v1/messages/{id}")).Ok(200);
        Assert.Equal("outbound", message.GetProperty("direction").GetString());
        Assert.Equal("api", message.GetProperty("author").GetString());
        Assert.Equal(
            "good morning", message.GetProperty("content").GetProperty("text").GetProperty("body").GetString());
        Assert.Equal(0, message.GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task Inbound_message_is_shown_as_Meta_wrote_it()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number(), "hola");

        var list = (await tenant.Owner.Get($"/v1/conversations/{conversation}/messages")).Ok(200).GetProperty("data");

        Assert.Equal(1, list.GetArrayLength());
        Assert.Equal("hola", list[0].GetProperty("content").GetProperty("text").GetProperty("body").GetString());
        Assert.Equal("received", list[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Template_to_a_new_person_makes_a_conversation_and_the_same_person_is_found_again()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        var template = new { type = "template", template = new { name = "hi", language = new { code = "en" } } };

        var first = (await tenant.Owner.Post(
            "/v1/messages", new { number_id = number, to = "+55 11 91234-5678", content = template })).Ok(202);
        var second = (await tenant.Owner.Post(
            "/v1/messages", new { number_id = number, to = "5511912345678", content = template })).Ok(202);

        Assert.Equal(
            first.GetProperty("conversation_id").GetString(), second.GetProperty("conversation_id").GetString());
        Assert.Equal(2, second.GetProperty("ordinal").GetInt64());
    }

    [Fact]
    public async Task Free_text_to_a_new_person_is_refused_because_no_window_is_open()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var body = new
        {
            number_id = await tenant.Number(),
            to = "+5511912345678",
            content = new { type = "text", text = new { body = "hi" } },
        };

        (await tenant.Owner.Post("/v1/messages", body)).Problem(409, "service_window_closed");
    }

    [Fact]
    public async Task Send_names_every_mistake_in_its_content_with_its_path()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number());
        var body = new
        {
            content = new { type = "text", text = new { body = "" } },
            deadline = TestApi.Start.AddMinutes(-1),
            reply_to = "msg_00000000000000000000000000",
        };

        var errors = (await tenant.Owner.Post($"/v1/conversations/{conversation}/messages", body))
            .Problem(422, "validation_failed").GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("param").GetString());

        Assert.Equal(["deadline", "content.text.body", "reply_to"], errors);
    }

    [Fact]
    public async Task Start_needs_number_and_recipient_that_exist()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        var content = new { type = "text", text = new { body = "hi" } };

        var missing = (await tenant.Owner.Post("/v1/messages", new { content })).Problem(422, "validation_failed");
        Assert.Equal(2, missing.GetProperty("errors").GetArrayLength());
        (await tenant.Owner.Post("/v1/messages", new { number_id = number, to = "12", content })).Mistake(
            "to", "invalid");
        var unknown = await tenant.Owner.Post(
            "/v1/messages", new { number_id = "pn_0000000000001", to = "+5511912345678", content });
        Assert.Equal("number_id", unknown.Problem(404, "not_found").GetProperty("param").GetString());
    }

    [Fact]
    public async Task Quoting_an_inbound_message_carries_its_wamid()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number());
        var path = $"/v1/conversations/{conversation}/messages";
        var quoted = (await tenant.Owner.Get(path)).Ok(200).GetProperty("data")[0].GetProperty("id").GetString();

        var content = new { type = "text", text = new { body = "hi" } };
        var sent = (await tenant.Owner.Post(path, new { content, reply_to = quoted })).Ok(202);

        var message = (await tenant.Owner.Get($"/v1/messages/{sent.GetProperty("message_id").GetString()}")).Ok(200);
        Assert.Equal("wamid.1", message.GetProperty("reply_to").GetString());
    }

    [Fact]
    public async Task Withdrawn_message_is_cancelled_and_a_repeat_answers_the_same()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number());
        var sent = (await tenant.Owner.Post($"/v1/conversations/{conversation}/messages", TestTenant.Text())).Ok(202);
        var path = $"/v1/messages/{sent.GetProperty("message_id").GetString()}/cancel";

        var first = (await tenant.Owner.Post(path)).Ok(202);
        var second = (await tenant.Owner.Post(path)).Ok(202);

        Assert.Equal("cancelled", first.GetProperty("status").GetString());
        Assert.Equal("cancelled", second.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Forbidden_words_are_refused_and_raise_an_alert()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var rule = new { id = "pix", phrases = new[] { "pix" }, reach = "as_written" };
        (await tenant.Owner.Put("/v1/configuration", new { configuration = new { forbidden = new[] { rule } } })).Ok(
            200);
        var conversation = await tenant.Inbound(await tenant.Number());

        var answer =
            await tenant.Owner.Post($"/v1/conversations/{conversation}/messages", TestTenant.Text("my pix key"));

        answer.Problem(422, "forbidden_words");
        Assert.DoesNotContain("my pix", answer.Text, StringComparison.Ordinal);
        var alerts = (await tenant.Owner.Get("/v1/alerts")).Ok(200).GetProperty("data");
        Assert.Equal("forbidden_words", alerts[0].GetProperty("kind").GetString());
        Assert.Equal(conversation, alerts[0].GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Contact_who_asked_to_be_left_alone_gets_no_notice()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number(), "STOP");
        var body = new { content = new { type = "text", text = new { body = "offer" } }, lane = "campaign" };

        (await tenant.Owner.Post($"/v1/conversations/{conversation}/messages", body)).Problem(409, "contact_opted_out");
    }

    [Fact]
    public async Task Full_queue_tells_when_to_come_back()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        (await tenant.Owner.Patch($"/v1/numbers/{number}", new { queue_max = 1 })).Ok(200);
        var conversation = await tenant.Inbound(number);
        var path = $"/v1/conversations/{conversation}/messages";
        (await tenant.Owner.Post(path, TestTenant.Text())).Ok(202);

        var full = await tenant.Owner.Post(path, TestTenant.Text());

        Assert.Equal(60_000, full.Problem(429, "send_queue_full").GetProperty("retry_after_ms").GetInt64());
        Assert.Equal("60", full.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Pages_of_messages_meet_without_gap_or_overlap()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number());
        for (var i = 0; i < 4; i++)
        {
            api.Clock.Advance(TimeSpan.FromSeconds(1));
            (await tenant.Owner.Post($"/v1/conversations/{conversation}/messages", TestTenant.Text($"no {i}"))).Ok(202);
        }

        var whole = Texts((await tenant.Owner.Get("/v1/messages")).Ok(200));
        var first = (await tenant.Owner.Get("/v1/messages?limit=2")).Ok(200);
        var cursor = first.GetProperty("next_cursor").GetString();
        var second = (await tenant.Owner.Get($"/v1/messages?limit=3&cursor={cursor}")).Ok(200);

        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.False(second.GetProperty("has_more").GetBoolean());
        Assert.Equal(["no 3", "no 2", "no 1", "no 0", "hello"], whole);
        Assert.Equal(whole, Texts(first).Concat(Texts(second)));
    }

    [Fact]
    public async Task Filters_of_messages_are_checked_and_obeyed()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number());
        (await tenant.Owner.Post($"/v1/conversations/{conversation}/messages", TestTenant.Text())).Ok(202);

        Assert.Equal(["hello"], Texts((await tenant.Owner.Get("/v1/messages?direction=inbound")).Ok(200)));
        Assert.Equal(["good morning"], Texts((await tenant.Owner.Get("/v1/messages?status=queued")).Ok(200)));
        Assert.Empty(Texts((await tenant.Owner.Get("/v1/messages?since=2026-04-01T00:00:00Z")).Ok(200)));
        (await tenant.Owner.Get("/v1/messages?direction=sideways")).Mistake("direction", "invalid");
        (await tenant.Owner.Get("/v1/messages?limit=201")).Mistake("limit", "out_of_range");
        (await tenant.Owner.Get("/v1/messages?cursor=nonsense")).Mistake("cursor", "invalid");
        (await tenant.Owner.Get("/v1/messages?since=yesterday")).Mistake("since", "invalid");
    }

    private static List<string> Texts(System.Text.Json.JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("text").GetString()!)];
}
