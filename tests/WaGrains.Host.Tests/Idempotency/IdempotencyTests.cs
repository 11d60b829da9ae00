using WaGrains.Engine.Owners;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Idempotency;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task Repeat_of_a_send_gets_the_first_answer_and_sends_nothing()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number());
        var path = $"/v1/conversations/{conversation}/messages";

        var first = await tenant.Owner.Post(path, TestTenant.Text(), "key-1");
        var second = await tenant.Owner.Post(path, TestTenant.Text(), "key-1");

        Assert.Equal(first.Ok(202).ToString(), second.Ok(202).ToString());
        Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"));
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        Assert.Equal(2, (await tenant.Owner.Get(path)).Ok(200).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Repeat_of_a_first_message_finds_its_conversation()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var content = new { type = "template", template = new { name = "hi", language = new { code = "en" } } };
        var body = new
        {
            number_id = await tenant.Number(),
            to = "+5511912345678",
            content,
            deadline = TestApi.Start.AddMinutes(5),
        };

        var first = (await tenant.Owner.Post("/v1/messages", body, "key-1")).Ok(202);
        api.Clock.Advance(TimeSpan.FromHours(1));
        var second = (await tenant.Owner.Post("/v1/messages", body, "key-1")).Ok(202);

        Assert.Equal(first.ToString(), second.ToString());
    }

    [Fact]
    public async Task Key_with_another_body_or_path_is_refused()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var conversation = await tenant.Inbound(await tenant.Number());
        var path = $"/v1/conversations/{conversation}/messages";
        (await tenant.Owner.Post(path, TestTenant.Text("one"), "key-1")).Ok(202);

        (await tenant.Owner.Post(path, TestTenant.Text("two"), "key-1")).Problem(409, "idempotency_key_reused");
        (await tenant.Owner.Post($"/v1/conversations/{conversation}/close", null, "key-1"))
            .Problem(409, "idempotency_key_reused");
    }

    [Fact]
    public async Task Refusal_is_replayed_although_it_would_be_granted_now()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        var conversation = await tenant.Inbound(number);
        api.Clock.Advance(TimeSpan.FromHours(25));
        var path = $"/v1/conversations/{conversation}/messages";
        (await tenant.Owner.Post(path, TestTenant.Text(), "key-1")).Problem(409, "service_window_closed");
        await tenant.Inbound(number, "again", conversation);

        var repeat = await tenant.Owner.Post(path, TestTenant.Text(), "key-1");

        repeat.Problem(409, "service_window_closed");
        Assert.Equal("true", repeat.Headers["Idempotency-Replayed"]);
        (await tenant.Owner.Post(path, TestTenant.Text(), "key-2")).Ok(202);
    }

    [Fact]
    public async Task Repeat_of_a_creation_finds_what_the_first_made()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        api.Graph.Show("1001");

        foreach (var (path, body) in new (string, object)[]
        {
            ("/v1/agents", new { name = "Ana" }),
            ("/v1/teams", new { name = "Sales" }),
            ("/v1/numbers", TestTenant.NumberBody("1001")),
        })
        {
            var first = (await tenant.Owner.Post(path, body, $"make {path}")).Ok(201);
            var second = await tenant.Owner.Post(path, body, $"make {path}");
            Assert.Equal(first.GetProperty("id").GetString(), second.Ok(201).GetProperty("id").GetString());
            Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
            Assert.Equal(1, (await tenant.Owner.Get(path)).Ok(200).GetProperty("data").GetArrayLength());
        }
    }

    [Fact]
    public async Task Key_lives_for_seven_days()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        (await tenant.Owner.Post("/v1/agents", new { name = "Ana" }, "key-1")).Ok(201);
        api.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));

        var later = await tenant.Owner.Post("/v1/agents", new { name = "Bob" }, "key-1");

        Assert.False(later.Headers.ContainsKey("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Keys_of_two_tenants_do_not_meet()
    {
        await using var api = await TestApi.Run();
        var (acme, other) = (await api.Tenant("acme"), await api.Tenant("other"));
        var first = (await acme.Owner.Post("/v1/agents", new { name = "Ana" }, "key-1")).Ok(201);

        var second = await other.Owner.Post("/v1/agents", new { name = "Ana" }, "key-1");

        Assert.NotEqual(first.GetProperty("id").GetString(), second.Ok(201).GetProperty("id").GetString());
        Assert.False(second.Headers.ContainsKey("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Owner_that_is_away_answers_503_and_the_key_stays_free()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        api.Owners.Failures.Enqueue(new OwnerUnavailableException("the store is away"));

        var away = await tenant.Owner.Post("/v1/agents", new { name = "Ana" }, "key-1");

        away.Problem(503, "unavailable");
        Assert.Equal("1", away.Headers["Retry-After"]);
        (await tenant.Owner.Post("/v1/agents", new { name = "Ana" }, "key-1")).Ok(201);
    }

    [Fact]
    public async Task Key_of_255_characters_is_taken_and_a_longer_one_is_named()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        (await tenant.Owner.Post("/v1/agents", new { name = "Ana" }, new string('k', 255))).Ok(201);
        (await tenant.Owner.Post("/v1/agents", new { name = "Ana" }, new string('k', 256))).Mistake(
            "Idempotency-Key", "invalid");
    }
}
