using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Engine.Intake;
using WaGrains.Host.Numbers;
using WaGrains.Host.Tests.Api;
using WaGrains.Host.Webhooks;

namespace WaGrains.Host.Tests.Portfolios;

public sealed class PortfolioTests
{
    private static string Account { get; } = PortfolioId.Of("77").ToString();

    private static object Template { get; } = new
    {
        type = "template",
        template = new { name = "hello_world", language = new { code = "en_US" } },
    };

    private static async Task<JsonElement> Read(TestTenant tenant, string id) =>
        (await tenant.Owner.Get($"/v1/portfolios/{id}")).Ok(200);

    [Fact]
    public async Task Number_brings_its_account_as_a_portfolio_with_the_limit_that_Meta_shows()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        api.Graph.Show("1001", "TIER_2K");
        var number = await tenant.Number("1001");

        var portfolio = await Read(tenant, Account);

        Assert.Equal("limited", portfolio.GetProperty("limit_state").GetString());
        Assert.Equal(2_000, portfolio.GetProperty("limit").GetInt32());
        Assert.Equal(2_000, portfolio.GetProperty("unused").GetInt32());
        Assert.Equal("number_read", portfolio.GetProperty("limit_cause").GetString());
        Assert.Equal(number, Assert.Single(portfolio.GetProperty("numbers").EnumerateArray()).GetString());
        var shown = (await tenant.Owner.Get($"/v1/numbers/{number}")).Ok(200);
        Assert.Equal(Account, shown.GetProperty("portfolio_id").GetString());
    }

    [Fact]
    public async Task Number_moves_to_the_portfolio_it_is_told_and_back_to_its_account()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();

        var path = $"/v1/numbers/{number}";
        var moved = (await tenant.Owner.Patch(path, new { business_id = "506914307656634" })).Ok(200);
        var back = (await tenant.Owner.Patch(path, new { business_id = "" })).Ok(200);

        var id = PortfolioId.Of("506914307656634").ToString();
        Assert.Equal(id, moved.GetProperty("portfolio_id").GetString());
        Assert.Equal(Account, back.GetProperty("portfolio_id").GetString());
        var listed = (await tenant.Owner.Get("/v1/portfolios")).Ok(200).GetProperty("data").EnumerateArray();
        Assert.Equal([Account, id], listed.Select(each => each.GetProperty("id").GetString()!).Order());
        (await tenant.Owner.Patch(path, new { business_id = "12a" })).Mistake("business_id", "invalid");
    }

    [Fact]
    public async Task Message_outside_a_window_is_held_and_the_next_binds_the_pace_until_the_limit_is_raised()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        (await tenant.Owner.Put($"/v1/portfolios/{Account}", new { users = 1 })).Ok(200);
        await Send(tenant, number, 1);
        await Send(tenant, number, 2);
        await Pump(api, tenant, number);

        var full = await Read(tenant, Account);
        Assert.Equal((0, 1, 0), Counts(full));
        Assert.Equal(JsonValueKind.String, full.GetProperty("full_since").ValueKind);
        var pace = (await tenant.Owner.Get($"/v1/numbers/{number}/pace")).Ok(200);
        Assert.Equal("portfolio_budget", pace.GetProperty("binding").GetString());
        Assert.Equal("time", pace.GetProperty("terms")[0].GetProperty("lifted_by").GetString());
        var events = (await tenant.Owner.Get("/v1/events?limit=200")).Ok(200).GetProperty("data").EnumerateArray()
            .Select(each => each.GetProperty("type").GetString()).ToList();
        Assert.Contains("portfolio_limit_changed", events);
        Assert.Contains("portfolio_full", events);

        (await tenant.Owner.Put($"/v1/portfolios/{Account}", new { users = 2 })).Ok(200);
        await Pump(api, tenant, number);
        Assert.Equal((0, 2, 0), Counts(await Read(tenant, Account)));
        pace = (await tenant.Owner.Get($"/v1/numbers/{number}/pace")).Ok(200);
        Assert.NotEqual("portfolio_budget", pace.GetProperty("binding").GetString());
    }

    [Fact]
    public async Task Limit_can_be_lifted_and_the_same_key_acts_once()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        await tenant.Number();

        var set = (await tenant.Owner.Put($"/v1/portfolios/{Account}", new { users = 250 }, "k")).Ok(200);
        (await tenant.Owner.Put($"/v1/portfolios/{Account}", new { unlimited = true })).Ok(200);
        var again = (await tenant.Owner.Put($"/v1/portfolios/{Account}", new { users = 250 }, "k")).Ok(200);

        Assert.Equal(set.GetRawText(), again.GetRawText());
        var portfolio = await Read(tenant, Account);
        Assert.Equal("unlimited", portfolio.GetProperty("limit_state").GetString());
        Assert.Equal(JsonValueKind.Null, portfolio.GetProperty("unused").ValueKind);
        Assert.Equal("operator", portfolio.GetProperty("limit_cause").GetString());
    }

    [Fact]
    public async Task Every_bad_input_has_its_code_and_changes_nothing()
    {
        await using var api = await TestApi.Run();
        var (tenant, other) = (await api.Tenant(), await api.Tenant("other"));
        await tenant.Number();
        var path = $"/v1/portfolios/{Account}";

        (await tenant.Owner.Put(path, new { })).Mistake("users", "missing");
        (await tenant.Owner.Put(path, new { unlimited = false })).Mistake("users", "missing");
        (await tenant.Owner.Put(path, new { users = 0 })).Mistake("users", "out_of_range");
        (await tenant.Owner.Put(path, new { users = 1_000_001 })).Mistake("users", "out_of_range");
        (await tenant.Owner.Put(path, new { users = 5, unlimited = true })).Mistake("unlimited", "not_allowed");
        (await tenant.Owner.Put(path, new { tier = "TIER_2K" })).Problem(422, "validation_failed");
        (await tenant.Owner.Put($"/v1/portfolios/{new PortfolioId(5)}", new { users = 5 })).Problem(404, "not_found");
        (await tenant.Owner.Get($"/v1/portfolios/{new PortfolioId(5)}")).Problem(404, "not_found");
        (await other.Owner.Get(path)).Problem(404, "not_found");
        (await other.Owner.Put(path, new { users = 5 })).Problem(404, "not_found");
        (await tenant.Owner.Get("/v1/portfolios?limit=0")).Mistake("limit", "out_of_range");

        Assert.Equal("unknown", (await Read(tenant, Account)).GetProperty("limit_state").GetString());
        Assert.Equal(JsonValueKind.Null, (await Read(tenant, Account)).GetProperty("limit_cause").ValueKind);
    }

    [Theory]
    [InlineData("business_capability_update", """{"max_daily_conversations_per_business":10000}""", 10_000)]
    [InlineData("business_capability_update", """{"max_daily_conversations_per_business":"TIER_250"}""", 250)]
    [InlineData("business_capability_update", """{"max_daily_conversations_per_business":-1}""", -1)]
    [InlineData(
        "phone_number_quality_update",
        """{"event":"ONBOARDING","max_daily_conversations_per_business":"TIER_2K"}""", 2_000)]
    public async Task Webhook_that_tells_a_limit_reaches_the_portfolios_of_its_account(
        string field, string value, int users)
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        await tenant.Number();

        var limit = Assert.Single((await Arrive(api, tenant, "77", field, value)).OfType<LimitArrival>());

        Assert.Equal(new MessagingLimit(users), limit.Limit);
        Assert.Equal([PortfolioId.Of("77")], limit.Portfolios);
    }

    [Theory]
    [InlineData("77", "TIER_HUGE", "unknown_messaging_limit")]
    [InlineData("78", "TIER_2K", "unknown_account")]
    public async Task Limit_that_is_not_understood_or_nobodys_changes_nothing_and_raises_an_alert(
        string account, string word, string reason)
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        await tenant.Number();

        var value = $$"""{"max_daily_conversations_per_business":"{{word}}"}""";
        var arrivals = await Arrive(api, tenant, account, "business_capability_update", value);

        Assert.Empty(arrivals.OfType<LimitArrival>());
        Assert.Contains(arrivals.OfType<RawArrival>(), raw => raw.Reason == reason && raw.Alert);
    }

    private static async Task<IReadOnlyList<Arrival>> Arrive(
        TestApi api, TestTenant tenant, string account, string field, string value)
    {
        var body = $$"""
            {"object":"whatsapp_business_account","entry":[{"id":"{{account}}","time":1793000000,
             "changes":[{"field":"{{field}}","value":{{value}}}]}]}
            """;
        var directory = new NumberDirectory(api.Store.Reads, new FakeTimeProvider(TestApi.Start));
        return await new Arrivals(directory).Of(
            tenant.Id, WebhookReader.Read(Encoding.UTF8.GetBytes(body)), TestApi.Start, CancellationToken.None);
    }

    private static async Task Send(TestTenant tenant, string number, int person) => (await tenant.Owner.Post(
        "/v1/messages",
        new { number_id = number, to = $"+55 11 91234-567{person}", content = Template })).Ok(202);

    private static async Task Pump(TestApi api, TestTenant tenant, string number) => await api.Owners.Ask(
        OwnerKey.Of(tenant.Id, PhoneNumberId.Parse(number)), Domain.PhoneNumbers.Pump.Message, CancellationToken.None);

    private static (int Counted, int Held, int Unused) Counts(JsonElement portfolio) => (
        portfolio.GetProperty("counted").GetInt32(), portfolio.GetProperty("held").GetInt32(),
        portfolio.GetProperty("unused").GetInt32());
}
