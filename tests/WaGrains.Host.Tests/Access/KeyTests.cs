using WaGrains.Host.Access;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Access;

public sealed class KeyTests
{
    [Fact]
    public async Task Revoked_key_opens_nothing_more()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var made = (await tenant.Owner.Post("/v1/api-keys", new { name = "crm", role = "read_only" })).Ok(201);
        var client = api.With(made.GetProperty("key").GetString());
        (await client.Get("/v1/agents")).Ok(200);

        (await tenant.Owner.Delete($"/v1/api-keys/{made.GetProperty("id").GetString()}")).Ok(204);

        (await client.Get("/v1/agents")).Problem(401, "unauthorized");
        (await tenant.Owner.Delete($"/v1/api-keys/{made.GetProperty("id").GetString()}")).Problem(404, "not_found");
    }

    [Fact]
    public async Task Key_revoked_elsewhere_ends_within_half_a_minute()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var made = (await tenant.Owner.Post("/v1/api-keys", new { name = "crm", role = "read_only" })).Ok(201);
        var key = made.GetProperty("key").GetString()!;
        var client = api.With(key);
        (await client.Get("/v1/agents")).Ok(200);

        await api.Owners.Ask(
            Domain.Ids.OwnerKey.Of(tenant.Id), new Domain.Tenants.RevokeApiKey(ApiKeySecret.HashOf(key)),
                CancellationToken.None);

        (await client.Get("/v1/agents")).Ok(200);
        api.Clock.Advance(TimeSpan.FromSeconds(30));
        (await client.Get("/v1/agents")).Problem(401, "unauthorized");
    }

    [Fact]
    public async Task List_of_keys_names_them_and_shows_none()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var agent = await tenant.Agent();
        await tenant.Key("agent", agent);

        var list = await tenant.Owner.Get("/v1/api-keys");

        var keys = list.Ok(200).GetProperty("data");
        Assert.Equal(2, keys.GetArrayLength());
        Assert.Contains(keys.EnumerateArray(), key => key.GetProperty("agent_id").GetString() == agent);
        Assert.DoesNotContain("wak_", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKeySecret.HashOf(tenant.OwnerKey), list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_of_an_agent_names_an_agent_that_exists()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        (await tenant.Owner.Post("/v1/api-keys", new { name = "x", role = "agent" })).Mistake("agent_id", "invalid");
        (await tenant.Owner.Post("/v1/api-keys", new { name = "x", role = "owner", agent_id = "agt_0000000000001" }))
            .Mistake("agent_id", "invalid");
        (await tenant.Owner.Post("/v1/api-keys", new { name = "x", role = "agent", agent_id = "agt_0000000000001" }))
            .Problem(404, "not_found");
        (await tenant.Owner.Post("/v1/api-keys", new { })).Problem(422, "validation_failed");
    }

    [Fact]
    public async Task Each_key_has_its_own_rate_and_gets_it_back_with_time()
    {
        await using var api = await TestApi.Run(requestsPerSecond: 3);
        var tenant = await api.Tenant();
        var other = await tenant.Key("read_only");
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 3; i++)
        {
            (await tenant.Owner.Get("/v1/agents")).Ok(200);
        }

        var over = await tenant.Owner.Get("/v1/agents");

        Assert.Equal(334, over.Problem(429, "rate_limited").GetProperty("retry_after_ms").GetInt64());
        Assert.Equal("1", over.Headers["Retry-After"]);
        Assert.Equal("\"key\";q=3;w=1", over.Headers["RateLimit-Policy"]);
        Assert.Equal("\"key\";r=0;t=1", over.Headers["RateLimit"]);
        (await other.Get("/v1/agents")).Ok(200);
        api.Clock.Advance(TimeSpan.FromMilliseconds(334));
        (await tenant.Owner.Get("/v1/agents")).Ok(200);
    }

    [Fact]
    public async Task Id_of_another_tenant_answers_exactly_as_an_unknown_one()
    {
        await using var api = await TestApi.Run();
        var (acme, other) = (await api.Tenant("acme"), await api.Tenant("other"));
        var agent = await acme.Agent();
        var number = await acme.Number();
        var conversation = await acme.Held(number, agent);
        var message =
            (await acme.Owner.Get("/v1/messages")).Ok(200).GetProperty("data")[0].GetProperty("id").GetString();

        foreach (var (theirs, unknown) in new[]
        {
            ($"/v1/agents/{agent}", "/v1/agents/agt_0000000000001"),
            ($"/v1/numbers/{number}", "/v1/numbers/pn_0000000000001"),
            ($"/v1/numbers/{number}/pace", "/v1/numbers/pn_0000000000001/pace"),
            ($"/v1/conversations/{conversation}", "/v1/conversations/conv_00000000000010000000000001"),
            ($"/v1/conversations/{conversation}/messages",
                "/v1/conversations/conv_00000000000010000000000001/messages"),
            ($"/v1/messages/{message}", "/v1/messages/msg_00000000000010000000000001"),
        })
        {
            var (one, two) = (await other.Owner.Get(theirs), await other.Owner.Get(unknown));
            one.Problem(404, "not_found");
            Assert.Equal(WithoutRequest(two), WithoutRequest(one));
        }

        (await other.Owner.Post($"/v1/conversations/{conversation}/messages", TestTenant.Text())).Problem(
            404, "not_found");
        (await other.Owner.Post($"/v1/conversations/{conversation}/close")).Problem(404, "not_found");
        (await other.Owner.Post($"/v1/numbers/{number}/stop")).Problem(404, "not_found");
        (await other.Owner.Patch($"/v1/agents/{agent}", new { name = "x" })).Problem(404, "not_found");
        Assert.Equal(0, (await other.Owner.Get("/v1/conversations")).Ok(200).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public void Operator_key_is_matched_whole()
    {
        var key = new OperatorKey("wok_secret");

        Assert.True(key.Matches("wok_secret"));
        Assert.False(key.Matches("wok_secre"));
        Assert.False(key.Matches(""));
        Assert.Throws<ArgumentException>(() => new OperatorKey(""));
    }

    private static string WithoutRequest(TestAnswer answer) =>
        answer.Text.Replace(answer.Headers["X-Request-Id"], "", StringComparison.Ordinal);
}
