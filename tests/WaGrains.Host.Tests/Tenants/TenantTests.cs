using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Tenants;

public sealed class TenantTests
{
    [Fact]
    public async Task Tenant_is_made_once_and_its_key_shown_once()
    {
        await using var api = await TestApi.Run();
        await api.Tenant("acme");

        (await api.Operator.Post("/admin/tenants", new { id = "acme", name = "Again" })).Problem(409, "already_exists");
        var read = await api.Operator.Get("/admin/tenants/acme");
        Assert.Equal("acme Ltd", read.Ok(200).GetProperty("name").GetString());
        Assert.DoesNotContain("wak_", read.Text, StringComparison.Ordinal);
        (await api.Operator.Get("/admin/tenants/other")).Problem(404, "not_found");
    }

    [Fact]
    public async Task Tenants_are_listed_by_id()
    {
        await using var api = await TestApi.Run();
        foreach (var id in new[] { "c", "a", "b" })
        {
            await api.Tenant(id);
        }

        var first = (await api.Operator.Get("/admin/tenants?limit=2")).Ok(200);
        var rest = (await api.Operator.Get($"/admin/tenants?cursor={first.GetProperty("next_cursor").GetString()}")).Ok(
            200);

        Assert.Equal(
            ["a", "b", "c"],
            first.GetProperty("data").EnumerateArray().Concat(rest.GetProperty("data").EnumerateArray())
                .Select(item => item.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Mistakes_of_a_tenant_are_named()
    {
        await using var api = await TestApi.Run();

        (await api.Operator.Post("/admin/tenants", new { id = "Not A Slug", name = "x" })).Mistake("id", "wrong_type");
        (await api.Operator.Post("/admin/tenants", new { name = "x" })).Mistake("id", "missing");
        (await api.Operator.Post(
            "/admin/tenants", new { id = "a", name = "x", configuration = new { close_idle_hours = 721 } }))
            .Mistake("configuration.close_idle_hours", "out_of_range");
    }

    [Fact]
    public async Task Configuration_is_replaced_whole_and_reads_as_written()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var version = (await tenant.Owner.Get("/v1/configuration")).Ok(200).GetProperty("version").GetInt64();
        var configuration = new
        {
            keywords = new[]
            {
                new { id = "price", keywords = new[] { "price" }, match = "word", replies = new[] { "10" },
                    priority = 1, state = "enabled" },
            },
            business_hours = new
            {
                zone = "UTC",
                weekly = new[] { new { day = "monday", hours = new { opens = "09:00:00", closes = "18:00:00" } } },
                holidays = Array.Empty<object>(),
            },
            off_hours_reply = "later",
        };

        var replaced = await tenant.Owner.Put("/v1/configuration", new { configuration, version });

        Assert.Equal(version + 1, replaced.Ok(200).GetProperty("version").GetInt64());
        Assert.Equal(replaced.Text, (await tenant.Owner.Get("/v1/configuration")).Text);
        var hours = replaced.Json.GetProperty("configuration").GetProperty("business_hours").GetProperty("weekly")[0];
        Assert.Equal("monday", hours.GetProperty("day").GetString());
    }

    [Theory]
    [InlineData("days90")]
    [InlineData("year1")]
    [InlineData("year2")]
    [InlineData("year5")]
    [InlineData("forever")]
    public async Task Retention_reads_as_written(string retention)
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        var replaced = (await tenant.Owner.Put("/v1/configuration", new { configuration = new { retention } })).Ok(200);

        Assert.Equal(retention, replaced.GetProperty("configuration").GetProperty("retention").GetString());
        var read = (await tenant.Owner.Get("/v1/configuration")).Ok(200);
        Assert.Equal(retention, read.GetProperty("configuration").GetProperty("retention").GetString());
    }

    [Fact]
    public async Task Retention_is_a_year_unless_given()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        (await tenant.Owner.Put("/v1/configuration", new { configuration = new { retention = "year5" } })).Ok(200);

        var replaced = await tenant.Owner.Put(
            "/v1/configuration", new { configuration = new { close_idle_hours = 5 } });

        var configuration = replaced.Ok(200).GetProperty("configuration");
        Assert.Equal("year1", configuration.GetProperty("retention").GetString());
    }

    [Fact]
    public async Task Unknown_retention_is_refused()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();

        (await tenant.Owner.Put("/v1/configuration", new { configuration = new { retention = "year3" } }))
            .Mistake("configuration.retention", "wrong_type");
    }

    [Fact]
    public async Task Change_based_on_an_old_version_is_refused()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        (await tenant.Owner.Put(
            "/v1/configuration", new { configuration = new { close_idle_hours = 5 }, version = 1 })).Ok(200);

        (await tenant.Owner.Put("/v1/configuration", new { configuration = new { close_idle_hours = 6 }, version = 1 }))
            .Problem(412, "stale_version");
    }

    [Fact]
    public async Task Every_mistake_of_a_configuration_is_named()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var configuration = new
        {
            keywords = new object[] { new { id = "", match = "exact", state = "enabled",
                replies = Array.Empty<string>() } },
            forbidden = new object[] { new { id = "f", phrases = new[] { " " } } },
            business_hours = new { weekly = Array.Empty<object>(), holidays = Array.Empty<object>() },
            close_idle_hours = 721,
        };

        var errors = (await tenant.Owner.Put("/v1/configuration", new { configuration }))
            .Problem(422, "validation_failed").GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("param").GetString()!["configuration.".Length..]);

        Assert.Equal(
            [
                "keywords[0].id", "keywords[0].keywords", "keywords[0].keywords", "forbidden[0].phrases[0]",
                "forbidden[0].reach", "close_idle_hours", "business_hours.zone",
            ],
            errors);
    }

    [Fact]
    public async Task What_only_compiling_finds_is_named_too()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var plan = new { zone = "Moon/Base", weekly = Array.Empty<object>(), holidays = Array.Empty<object>() };

        (await tenant.Owner.Put("/v1/configuration", new { configuration = new { business_hours = plan } }))
            .Mistake("configuration.business_hours", "invalid");
        (await tenant.Owner.Put("/v1/configuration", new { })).Mistake("configuration", "missing");
    }
}
