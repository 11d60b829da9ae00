using System.Text;
using System.Text.Json;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Ids;
using WaGrains.Host.Tests.Api;
using WaGrains.Host.Webhooks;

namespace WaGrains.Host.Tests.Stops;

public sealed class StopTests
{
    private const string Template =
        "\"message_template_id\":12,\"message_template_name\":\"spring\",\"message_template_language\":\"en-US\"";

    [Theory]
    [InlineData("PAUSED", "FIRST_PAUSE", "template_paused", "waits", 3)]
    [InlineData("PAUSED", "SECOND_PAUSE", "template_paused", "waits", 6)]
    [InlineData("PAUSED", "RATE_LIMITING_PAUSE", "template_pacing_paused", "waits", null)]
    [InlineData("DISABLED", "DISABLED", "template_disabled", "fails", null)]
    [InlineData("REJECTED", null, "template_rejected", "fails", null)]
    public async Task Template_is_stopped_and_reinstated_by_webhook(
        string word, string? title, string reason, string messages, int? hours)
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var other = title is null ? "" : $",\"reason\":\"NONE\",\"other_info\":{{\"title\":\"{title}\"}}";
        await Tell(api, tenant, "message_template_status_update", $"\"event\":\"{word}\",{Template}{other}");

        var stop = Assert.Single(await Stops(tenant));
        Assert.Equal(
            ("template", "77", "spring", "en_US", reason, messages, "meta"),
            (Text(stop, "scope"), Text(stop, "account_id"), Text(stop, "template"), Text(stop, "language"),
                Text(stop, "reason"), Text(stop, "messages"), Text(stop, "lifted_by")));
        Assert.Equal(hours is { } end ? TestApi.Start.AddHours(end) : (DateTimeOffset?)null, Until(stop));

        await Tell(api, tenant, "message_template_status_update", $"\"event\":\"REINSTATED\",{Template}");
        Assert.Empty(await Stops(tenant));
    }

    [Fact]
    public async Task Quality_red_stops_a_template_and_green_lets_it_go()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        await Tell(api, tenant, "message_template_quality_update", $"\"new_quality_score\":\"RED\",{Template}");
        Assert.Equal("template_quality_red", Text(Assert.Single(await Stops(tenant)), "reason"));
        await Tell(api, tenant, "message_template_quality_update", $"\"new_quality_score\":\"GREEN\",{Template}");
        Assert.Empty(await Stops(tenant));
    }

    [Fact]
    public async Task Flagged_template_is_not_stopped()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        await Tell(api, tenant, "message_template_status_update", $"\"event\":\"FLAGGED\",{Template}");
        Assert.Empty(await Stops(tenant));
    }

    [Fact]
    public async Task Restriction_of_the_account_ends_with_its_term()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var end = TestApi.Start.AddDays(2);
        await Tell(
            api, tenant, "account_update",
            "\"event\":\"ACCOUNT_RESTRICTION\",\"restriction_info\":[{\"restriction_type\":"
            + $"\"RESTRICTED_BIZ_INITIATED_MESSAGING\",\"expiration\":{end.ToUnixTimeSeconds()}}}]");
        var stop = Assert.Single(await Stops(tenant));
        Assert.Equal(("templates", end), (Text(stop, "scope"), Until(stop)));

        api.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await Stops(tenant));
    }

    [Fact]
    public async Task Disabled_account_stops_its_numbers_until_a_person_lifts_it()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var number = await tenant.Number();
        await Tell(
            api, tenant, "account_update",
            "\"event\":\"DISABLED_UPDATE\",\"ban_info\":{\"waba_ban_state\":\"DISABLE\"}");

        var pace = (await tenant.Owner.Get($"/v1/numbers/{number}/pace")).Ok(200);
        var term = pace.GetProperty("terms")[0];
        Assert.Equal(("account_stopped", "account_disabled"), (Text(pace, "binding"), Text(term, "detail")));
        Assert.Equal(0, pace.GetProperty("per_minute").GetDouble());
        var alert = (await tenant.Owner.Get("/v1/alerts")).Ok(200).GetProperty("data")[0];
        Assert.Equal(("account_stopped", "critical"), (Text(alert, "kind"), Text(alert, "severity")));

        var id = Text(Assert.Single(await Stops(tenant)), "id");
        (await (await tenant.Key("supervisor")).Post($"/v1/stops/{id}/lift", new { })).Problem(403, "forbidden_role");
        (await tenant.Owner.Post($"/v1/stops/{id}/lift", new { })).Ok(204);
        (await tenant.Owner.Post($"/v1/stops/{id}/lift", new { })).Problem(404, "not_found");
        pace = (await tenant.Owner.Get($"/v1/numbers/{number}/pace")).Ok(200);
        Assert.NotEqual("account_stopped", Text(pace, "binding"));
    }

    private static async Task Tell(TestApi api, TestTenant tenant, string field, string value)
    {
        var body = $"{{\"object\":\"whatsapp_business_account\",\"entry\":[{{\"id\":\"77\",\"changes\":[{{\"field\":"
            + $"\"{field}\",\"value\":{{{value}}}}}]}}]}}";
        var item = Assert.Single(WebhookReader.Read(Encoding.UTF8.GetBytes(body)).Items);
        foreach (var standing in Standings.Of(item, api.Clock.GetUtcNow()))
        {
            await api.Owners.Ask(OwnerKey.Of(tenant.Id), standing.Message, CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> Stops(TestTenant tenant) =>
        [.. (await tenant.Owner.Get("/v1/stops")).Ok(200).GetProperty("data").EnumerateArray()];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static DateTimeOffset? Until(JsonElement stop) =>
        stop.GetProperty("until") is { ValueKind: JsonValueKind.String } until ? until.GetDateTimeOffset() : null;
}
