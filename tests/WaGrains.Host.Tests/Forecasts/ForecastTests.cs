using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WaGrains.Domain.Billing;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Host.Billing;
using WaGrains.Host.Forecasts;
using WaGrains.Host.Sends;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.Forecasts;

public sealed class ForecastTests : IAsyncLifetime
{
    private TestApi _api = null!;
    private TestTenant _tenant = null!;
    private string _number = "";

    public async Task InitializeAsync()
    {
        _api = await TestApi.Run();
        _tenant = await _api.Tenant();
        _number = await _tenant.Number();
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    private static object Template(string? word = null, string? category = null) => new
    {
        type = "template",
        template = new
        {
            name = "spring",
            language = new { code = "en" },
            category,
            components = word is null
                ? []
                : new object[] { new { type = "body", parameters = new[] { new { type = "text", text = word } } } },
        },
    };

    private static string Phone(int i, string country = "55 11 9") => $"+{country}{i:D8}";

    private Task<TestAnswer> Ask(object recipients, object? content = null, object? deadline = null) =>
        _tenant.Owner.Post("/v1/sends/forecast", new
        {
            number_ids = new[] { _number }, content = content ?? Template(), recipients, deadline,
        });

    private static IEnumerable<string> Phones(int count) => Enumerable.Range(1, count).Select(i => Phone(i));

    [Fact]
    public async Task Forecast_tells_time_price_and_limit_and_stores_nothing()
    {
        var before = await _api.Store.Reads.Counts(CancellationToken.None);
        var told = (await Ask(Phones(600), Template(category: "utility"))).Ok(200);
        Assert.Equal(TestApi.Start, told.GetProperty("start_at").GetDateTimeOffset());
        Assert.Equal(302.5, told.GetProperty("duration_seconds").GetDouble(), 2.0);
        Assert.Equal("plan", told.GetProperty("limit").GetString());
        var number = told.GetProperty("numbers")[0];
        Assert.Equal((600, 120), (Count(number, "messages"), number.GetProperty("per_minute").GetDouble()));
        var cost = told.GetProperty("cost");
        Assert.Equal("USD", cost.GetProperty("currency").GetString());
        Assert.Equal(4.08m, cost.GetProperty("amount").GetDecimal());
        Assert.Equal("utility", cost.GetProperty("category").GetString());
        Assert.Equal("Brazil", cost.GetProperty("markets")[0].GetProperty("market").GetString());
        Assert.Equal("2026-10-01", cost.GetProperty("rate_card").GetProperty("valid_from").GetString());
        Assert.Equal(before, await _api.Store.Reads.Counts(CancellationToken.None));
        Assert.False(Directory.EnumerateFiles(Uploads()).Any());
    }

    private static int Count(JsonElement of, string member) => of.GetProperty(member).GetInt32();

    private string Uploads() => Path.Combine(
        _api.Provided.GetRequiredService<IOptions<ApiOptions>>().Value.DataFolder, "uploads");

    [Fact]
    public async Task Markets_without_a_rate_are_unpriced_and_an_untold_category_is_marketing()
    {
        var told = (await Ask(new[] { Phone(1), Phone(2, "7 912 "), "BR.123abc", Phone(3, "49 151") })).Ok(200);
        var cost = told.GetProperty("cost");
        Assert.Equal(2, cost.GetProperty("unpriced").GetInt32());
        Assert.Equal(0.0625m + 0.1365m, cost.GetProperty("amount").GetDecimal());
        Assert.Equal("marketing", cost.GetProperty("category").GetString());
        Assert.True(cost.GetProperty("rate_card").GetProperty("is_outdated").GetBoolean());
    }

    [Fact]
    public async Task Bad_recipients_are_counted_by_code_and_left_out()
    {
        var told = (await Ask(
            new object[]
            {
                new { to = Phone(1), variables = new { name = "Ana" } }, new { to = Phone(2) }, "12",
                new { to = Phone(1), variables = new { name = "Ana" } },
            },
            Template("{{name}}"))).Ok(200);
        var recipients = told.GetProperty("recipients");
        Assert.Equal((4, 1), (Count(recipients, "listed"), Count(recipients, "written_to")));
        Assert.Equal(
            ["duplicate_recipient 1", "invalid_phone 1", "variable_missing 1"],
            recipients.GetProperty("invalid").EnumerateObject().Select(each => $"{each.Name} {each.Value}"));
        Assert.Equal(
            ["recipients[1].variables.name", "recipients[2].to", "recipients[3].to"],
            recipients.GetProperty("mistakes").EnumerateArray().Select(each => each.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task Mistakes_are_named_up_to_twenty_and_all_of_them_counted()
    {
        var recipients = (await Ask(Enumerable.Repeat("x", 500))).Ok(200).GetProperty("recipients");
        Assert.Equal(499, recipients.GetProperty("invalid").GetProperty("duplicate_recipient").GetInt32());
        Assert.Equal(20, recipients.GetProperty("mistakes").GetArrayLength());
    }

    [Fact]
    public async Task Those_who_have_opted_out_are_known_and_cost_nothing()
    {
        var conversation = ConversationId.Parse(await _tenant.Inbound(_number));
        await _api.Provided.GetRequiredService<WaGrains.Engine.Contacts.ContactDirectory>().Resolve(
            _tenant.Id, new Domain.Contacts.PersonNames("5511900000001", null, null, null), TestApi.Start,
            CancellationToken.None);
        var known = await _api.Store.Reads.Identities(
            _tenant.Id, [new(Domain.Contacts.IdentityKind.Phone, "5511900000001")], CancellationToken.None);
        var talk = new ConversationId(conversation.Number, known[0].Contact);
        await _api.Owners.Ask(
            OwnerKey.Of(_tenant.Id, talk), new SetPreference(false, TestApi.Start), CancellationToken.None);
        var told = (await Ask(Phones(2))).Ok(200);
        var recipients = told.GetProperty("recipients");
        Assert.Equal(1, recipients.GetProperty("refused").GetProperty("contact_opted_out").GetInt32());
        Assert.Equal((1, 2), (Count(recipients, "written_to"), Count(recipients, "sampled")));
        Assert.Equal(0.03125m * 2, told.GetProperty("cost").GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task Text_to_strangers_finds_their_windows_closed()
    {
        var told = (await Ask(Phones(3), new { type = "text", text = new { body = "Hi" } })).Ok(200);
        Assert.Equal(
            3,
            told.GetProperty("recipients").GetProperty("refused").GetProperty("service_window_closed").GetInt32());
        Assert.Equal("service", told.GetProperty("cost").GetProperty("category").GetString());
    }

    [Fact]
    public async Task Deadline_tells_who_would_be_late()
    {
        var told = (await Ask(Phones(600), deadline: TestApi.Start.AddMinutes(1))).Ok(200);
        Assert.InRange(told.GetProperty("recipients").GetProperty("late").GetInt32(), 478, 484);
    }

    [Fact]
    public async Task Every_mistake_of_the_request_has_its_code()
    {
        (await Ask(Phones(1), deadline: TestApi.Start.AddSeconds(-1))).Mistake("deadline", "deadline_passed");
        (await Ask(Phones(1), deadline: TestApi.Start.AddDays(31))).Mistake("deadline", "out_of_range");
        (await Ask(Array.Empty<string>())).Mistake("recipients", "missing");
        (await _tenant.Owner.Post("/v1/sends/forecast", new
        {
            number_ids = new[] { "pn_0000000000000" }, content = Template(), recipients = Phones(1),
        })).Mistake("number_ids[0]", "not_found");
        (await _tenant.Owner.Post("/v1/sends/forecast", new { content = Template(), recipients = Phones(1) }))
            .Mistake("number_ids", "missing");
        (await _tenant.Owner.Post("/v1/sends/forecast", new { number_ids = new[] { _number }, recipients = Phones(1) }))
            .Mistake("content", "missing");
        (await _tenant.Owner.PostRaw("/v1/sends/forecast", "[]")).Problem(400, "malformed_body");
        (await _tenant.Owner.PostRaw("/v1/sends/forecast", "x", "text/plain")).Problem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task One_recipient_more_than_a_million_is_refused_and_a_million_is_sampled()
    {
        (await _tenant.Owner.PostRaw("/v1/sends/forecast", Long(RecipientList.CountMax + 1)))
            .Mistake("recipients", "too_many");
        var recipients = (await _tenant.Owner.PostRaw("/v1/sends/forecast", Long(100_000))).Ok(200)
            .GetProperty("recipients");
        Assert.Equal(100_000, recipients.GetProperty("written_to").GetInt32());
        Assert.InRange(Count(recipients, "sampled"), RecipientSurvey.SampleMax / 2, RecipientSurvey.SampleMax);
    }

    private string Long(int count)
    {
        var body = new StringBuilder($$"""{"number_ids":["{{_number}}"],"recipients":[""");
        for (var i = 0; i < count; i++)
        {
            body.Append(i == 0 ? "" : ",").Append('"').Append(55_11_900_000_000 + i).Append('"');
        }

        return body.Append("],\"content\":").Append(JsonSerializer.Serialize(Template())).Append('}').ToString();
    }

    [Theory]
    [InlineData("5511900000001", "Brazil")]
    [InlineData("12025550123", "North America (US, CA)")]
    [InlineData("18095550123", "Rest of Latin America")]
    [InlineData("12425550123", null)]
    [InlineData("79120000000", null)]
    public void Market_is_that_of_the_longest_calling_code(string phone, string? market) =>
        Assert.Equal(market, RateCardFile.Read(Options.Create(new ApiOptions())).MarketOf(phone)?.Market);

    [Fact]
    public void Operators_own_card_takes_the_place_of_ours()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            {"currency":"BRL","valid_from":"2026-10-01","may_change_on":"2027-01-01","checked_on":"2026-10-02",
            "source":"our contract","unpriced_calling_codes":[],"markets":[{"market":"Brazil","calling_codes":["55"],
            "marketing":0.35,"utility":0.04,"authentication":0.04,"service":0.04}]}
            """);
        var card = RateCardFile.Read(Options.Create(new ApiOptions { RateCardFile = file }));
        File.Delete(file);
        Assert.Equal(("BRL", 0.35m), (card.Terms.Currency, card.Named("Brazil").Of(PriceCategory.Marketing)));
        Assert.Throws<ArgumentException>(
            () => new RateCard(card.Terms, [card.Named("Brazil") with { CallingCodes = ["x"] }], []));
    }
}
