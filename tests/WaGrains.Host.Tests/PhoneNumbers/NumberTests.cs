using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.PhoneNumbers;

public sealed class NumberTests
{
    [Fact]
    public async Task Number_that_Meta_shows_to_the_token_is_added_and_its_token_never_shown()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        api.Graph.Show("1001");

        var answer = await tenant.Owner.Post("/v1/numbers", TestTenant.NumberBody("1001"));

        var number = answer.Ok(201);
        Assert.Equal("1001", number.GetProperty("phone_number_id").GetString());
        Assert.Equal("cloud", number.GetProperty("policy").GetString());
        Assert.Equal(80, number.GetProperty("throughput_per_second").GetInt32());
        Assert.DoesNotContain(TestGraph.GoodToken, answer.Text, StringComparison.Ordinal);
        var read = await tenant.Owner.Get($"/v1/numbers/{number.GetProperty("id").GetString()}");
        Assert.Equal(answer.Text, read.Text);
    }

    [Fact]
    public async Task Token_that_Meta_does_not_know_proves_nothing()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        api.Graph.Show("1001");

        var answer = await tenant.Owner.Post("/v1/numbers", TestTenant.NumberBody("1001", "another-token"));

        answer.Mistake("access_token", "invalid");
        Assert.Equal(0, (await tenant.Owner.Get("/v1/numbers")).Ok(200).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task While_Meta_is_away_nothing_can_be_proven()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        await api.Graph.Stop();

        var answer = await tenant.Owner.Post("/v1/numbers", TestTenant.NumberBody("1001"));

        answer.Problem(503, "unavailable");
        Assert.Equal("5", answer.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Number_is_served_once_and_by_one_tenant_only()
    {
        await using var api = await TestApi.Run();
        var (acme, other) = (await api.Tenant("acme"), await api.Tenant("other"));
        await acme.Number("1001");

        (await acme.Owner.Post("/v1/numbers", TestTenant.NumberBody("1001"))).Problem(409, "already_exists");
        var taken = await other.Owner.Post("/v1/numbers", TestTenant.NumberBody("1001"));
        taken.Problem(409, "number_taken");
        Assert.DoesNotContain("acme", taken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_of_a_number_are_all_named()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var body = new { phone_number_id = "x1", ceiling_per_minute = 0, throughput_per_second = 81, queue_max = 0 };

        var errors =
            (await tenant.Owner.Post("/v1/numbers", body)).Problem(422, "validation_failed").GetProperty("errors");

        Assert.Equal(
            ["phone_number_id", "account_id", "access_token", "ceiling_per_minute", "queue_max",
                "throughput_per_second"],
            errors.EnumerateArray().Select(error => error.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task Change_keeps_what_it_does_not_name()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Number();

        var changed =
            (await tenant.Owner.Patch($"/v1/numbers/{id}", new { name = "Shop", ceiling_per_minute = 30 })).Ok(200);

        Assert.Equal("Shop", changed.GetProperty("name").GetString());
        Assert.Equal(30, changed.GetProperty("ceiling_per_minute").GetDouble());
        Assert.Equal("cloud", changed.GetProperty("policy").GetString());
        (await tenant.Owner.Patch($"/v1/numbers/{id}", new { phone_number_id = "2" })).Mistake(
            "phone_number_id", "not_allowed");
        (await tenant.Owner.Patch($"/v1/numbers/{id}", new { access_token = "wrong" })).Mistake(
            "access_token", "invalid");
    }

    [Fact]
    public async Task Stopped_number_says_so_in_its_pace_and_resumes()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Number();

        Assert.Equal(
            "operator", (await tenant.Owner.Post($"/v1/numbers/{id}/stop")).Ok(200).GetProperty("stopped").GetString());
        var pace = (await tenant.Owner.Get($"/v1/numbers/{id}/pace")).Ok(200);
        Assert.Equal(0, pace.GetProperty("per_minute").GetDouble());
        Assert.Equal("Null", pace.GetProperty("empty_at").ValueKind.ToString());
        (await tenant.Owner.Post($"/v1/numbers/{id}/resume")).Ok(200);
        pace = (await tenant.Owner.Get($"/v1/numbers/{id}/pace")).Ok(200);
        Assert.Equal(120, pace.GetProperty("per_minute").GetDouble());
        Assert.Equal("plan", pace.GetProperty("binding").GetString());
        Assert.Equal("plan_change", pace.GetProperty("terms")[0].GetProperty("lifted_by").GetString());
        Assert.Equal(0, pace.GetProperty("queued").GetProperty("reply").GetInt32());
    }

    [Fact]
    public async Task Risk_turns_the_quality_red_and_raises_an_alert()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Number();

        (await tenant.Owner.Post($"/v1/numbers/{id}/risk", new { reason = "Too Loud" })).Mistake("reason", "invalid");
        var risky = (await tenant.Owner.Post($"/v1/numbers/{id}/risk", new { reason = "blocked_often" })).Ok(200);

        Assert.Equal("red", risky.GetProperty("quality").GetString());
        var alert = (await tenant.Owner.Get("/v1/alerts")).Ok(200).GetProperty("data")[0];
        Assert.Equal(
            ("number_risk", id), (alert.GetProperty("kind").GetString(), alert.GetProperty("subject").GetString()));
    }
}
