using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Host.PhoneNumbers;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.PhoneNumbers;

public sealed class PaceTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Pause_is_told_with_its_alert_and_history_and_lifted_by_resume()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Number("1001");

        (await tenant.Owner.Post($"/v1/numbers/{id}/pause", new { })).Ok(200);
        (await tenant.Owner.Post($"/v1/numbers/{id}/pause", new { })).Ok(200);
        var pace = (await tenant.Owner.Get($"/v1/numbers/{id}/pace")).Ok(200);

        Assert.Equal(0, pace.GetProperty("per_minute").GetDouble());
        Assert.Equal("paused", pace.GetProperty("binding").GetString());
        Assert.Equal("paused_by_operator", pace.GetProperty("terms")[0].GetProperty("detail").GetString());
        Assert.Equal("operator", pace.GetProperty("terms")[0].GetProperty("lifted_by").GetString());
        Assert.Equal(
            ["paused", "configured"],
            pace.GetProperty("history").EnumerateArray().Select(change => change.GetProperty("cause").GetString()));
        var alert = Assert.Single(
            (await tenant.Owner.Get("/v1/alerts")).Ok(200).GetProperty("data").EnumerateArray());
        Assert.Equal("number_paused", alert.GetProperty("kind").GetString());

        (await tenant.Owner.Post($"/v1/numbers/{id}/resume", new { })).Ok(200);
        Assert.NotEqual(
            0, (await tenant.Owner.Get($"/v1/numbers/{id}/pace")).Ok(200).GetProperty("per_minute").GetDouble());
    }

    [Fact]
    public async Task History_pages_newest_first()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Number("1001");
        (await tenant.Owner.Post($"/v1/numbers/{id}/pause", new { })).Ok(200);

        var first = (await tenant.Owner.Get($"/v1/numbers/{id}/pace/history?limit=1")).Ok(200);
        var cursor = first.GetProperty("next_cursor").GetString();
        var second = (await tenant.Owner.Get($"/v1/numbers/{id}/pace/history?limit=1&cursor={cursor}")).Ok(200);

        Assert.Equal("paused", first.GetProperty("data")[0].GetProperty("cause").GetString());
        Assert.Equal("configured", second.GetProperty("data")[0].GetProperty("cause").GetString());
        Assert.False(second.GetProperty("has_more").GetBoolean());
    }

    [Fact]
    public async Task Drawing_needs_a_key_and_is_svg()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var id = await tenant.Number("1001");

        var drawn = await tenant.Owner.Get($"/numbers/{id}/pace.svg?days=7");
        Assert.StartsWith("<svg", drawn.Text, StringComparison.Ordinal);
        (await tenant.Owner.Get($"/numbers/{id}/pace.svg?days=0")).Mistake("days", "out_of_range");
    }

    [Fact]
    public async Task Pacing_out_of_its_bounds_is_told_member_by_member()
    {
        await using var api = await TestApi.Run();
        var tenant = await api.Tenant();
        var body = new
        {
            configuration = new
            {
                pacing = new
                {
                    warm_up = new { risk_per_minute = 30, recovery_per_day = 1 },
                    throttling = new { step_ratio = 0 },
                    quiet_hours = new { from = "08:00:00", to = "08:00:00" },
                    frequency_cap = new { messages = 31, days = 1 },
                },
            },
        };

        var errors = (await tenant.Owner.Put("/v1/configuration", body)).Problem(422, "validation_failed")
            .GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("param").GetString());

        Assert.Equal(
            [
                "configuration.pacing.warm_up.risk_per_minute", "configuration.pacing.warm_up.recovery_per_day",
                "configuration.pacing.throttling.step_ratio", "configuration.pacing.quiet_hours",
                "configuration.pacing.frequency_cap",
            ],
            errors);
    }

    [Theory]
    [InlineData("5511987654321", "America/Sao_Paulo")]
    [InlineData("4915112345678", "Europe/Berlin")]
    [InlineData("819012345678", "Asia/Tokyo")]
    public void Number_tells_where_its_clock_is(string phone, string zone) =>
        Assert.Equal(zone, RecipientZones.Of(new Recipient(phone, null))?.Id);

    [Theory]
    [InlineData("12")]
    [InlineData(null)]
    public void What_is_no_number_tells_nothing(string? phone) =>
        Assert.Null(RecipientZones.Of(new Recipient(phone, "user")));

    [Fact]
    public void Drawing_is_as_it_was_drawn()
    {
        PaceChanged[] changes =
        [
            Change(-3, "configured", PaceReason.WarmUp, 0, 20), Change(10, "day_closed", PaceReason.WarmUp, 20, 27.5),
            Change(21, "risk_spam_restriction", PaceReason.WarmUp, 27.5, 5),
            Change(21.5, "paused", PaceReason.Paused, 5, 0), Change(23, "resumed", PaceReason.WarmUp, 0, 5),
            Change(35, "day_closed", PaceReason.WarmUp, 5, 25), Change(60, "configured", PaceReason.Plan, 25, 40),
            Change(65, "throttled", PaceReason.Throttled, 40, 20),
        ];

        var path = Path.Combine(Repository(), "tests", "Golden", "pace", "pace.svg");
        var drawn = PaceChart.Draw(changes, From, From.AddDays(70));
        if (Environment.GetEnvironmentVariable("WAGRAINS_UPDATE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, drawn);
        }

        Assert.Equal(File.ReadAllText(path), drawn);
    }

    [Fact]
    public void Every_reason_has_a_colour()
    {
        var drawn = PaceChart.Draw([], From, From.AddDays(1));

        Assert.All(Enum.GetValues<PaceReason>(), reason =>
            Assert.Contains($".{ApiJson.Word(reason)} {{ fill:", drawn, StringComparison.Ordinal));
    }

    [Fact]
    public void Number_without_a_history_has_an_empty_drawing() =>
        Assert.DoesNotContain("<path", PaceChart.Draw([], From, From.AddDays(1)), StringComparison.Ordinal);

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WaGrains.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }

    private static PaceChanged Change(double day, string cause, PaceReason binding, double before, double after) =>
        new(TenantId.Parse("demo"), new PhoneNumberId(1), 1, From.AddDays(day), cause, binding, before, after);
}
