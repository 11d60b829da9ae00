using System.Text;
using System.Text.Json;
using static WaGrains.Sandbox.Tests.Bench;

namespace WaGrains.Sandbox.Tests;

/// <summary>A portfolio's messaging limit: different people outside a window in any 24 hours, over all its
/// numbers.</summary>
public class MessagingLimitTests
{
    private const string Second = "730000000000012";

    private static SandboxOptions Limited(int limit) => new()
    {
        MessagingLimit = limit,
        Customers = 0,
        Misbehaviour = Misbehaviour.None,
        Statuses = new StatusDelays { SentFrom = 1, SentTo = 1, DeliveredFrom = 1, DeliveredTo = 1 },
        Webhooks = new WebhookPolicy { UpdatesPerPost = 1 },
    };

    private static string Template(int person) =>
        $$$"""
        {"messaging_product":"whatsapp","to":"+5511{{{900000000 + person}}}","type":"template",
         "template":{"name":"hello_world","language":{"code":"en_US"}},"biz_opaque_callback_data":"c-{{{person}}}"}
        """;

    private static int Send(Bench bench, DateTimeOffset at, int person, string number = Number) =>
        CodeOf(bench.Core.Post(at, number, Token, Encoding.UTF8.GetBytes(Template(person))));

    private static PortfolioCounts Counts(Bench bench, DateTimeOffset at) =>
        Assert.Single(bench.Core.Report(at).Portfolios).Value;

    [Fact]
    public void The_person_after_the_last_allowed_is_refused_whatever_number_writes()
    {
        var bench = new Bench(Limited(2));
        Assert.Equal(0, Send(bench, Start, 1));
        Assert.Equal(0, Send(bench, Start, 2, Second));
        Assert.Equal(131048, Send(bench, Start, 3));
        Assert.Equal(131048, Send(bench, Start, 3, Second));
        Assert.Equal(0, Send(bench, Start, 1, Second));
        Assert.Equal(new PortfolioCounts(2, 2, 2, 2, 0), Counts(bench, Start));
        Assert.Equal(2, bench.Core.Report(Start).RulesBroken);
    }

    [Theory]
    [InlineData(1, 131048)]
    [InlineData(2, 0)]
    public void A_person_ceases_to_count_24_hours_after_the_last_delivery(int secondsAfter, int code)
    {
        var bench = new Bench(Limited(1));
        Send(bench, Start, 1);
        bench.Drain(Start.AddMinutes(1));
        Assert.Equal(code, Send(bench, Start.AddHours(24).AddSeconds(secondsAfter), 2));
    }

    [Fact]
    public void A_send_that_fails_counts_no_longer_and_one_in_a_window_never_did()
    {
        var bench = new Bench(Limited(1));
        bench.Core.FailNext(1, 131026);
        Send(bench, Start, 1);
        Assert.Equal(1, Counts(bench, Start).Users);
        bench.Drain(Start.AddMinutes(1));
        Assert.Equal(0, Counts(bench, Start.AddMinutes(1)).Users);
        bench.Core.Write(Start.AddMinutes(2), Number, "+5511900000002", "hi");
        Assert.Equal(0, Send(bench, Start.AddMinutes(2), 2));
        Assert.Equal(0, Counts(bench, Start.AddMinutes(2)).Users);
    }

    [Fact]
    public void A_limit_that_is_not_enforced_counts_what_went_beyond_it()
    {
        var options = Limited(1);
        options.EnforcesMessagingLimit = false;
        var bench = new Bench(options);
        Assert.Equal([0, 0], new[] { Send(bench, Start, 1), Send(bench, Start, 2) });
        Assert.Equal(new PortfolioCounts(1, 2, 2, 0, 1), Counts(bench, Start));
    }

    [Fact]
    public void Numbers_of_two_portfolios_do_not_share()
    {
        var options = Limited(1);
        options.Numbers[1].PortfolioId = "99";
        var bench = new Bench(options);
        Assert.Equal([0, 0], new[] { Send(bench, Start, 1), Send(bench, Start, 2, Second) });
        Assert.Equal(["710000000000001", "99"], bench.Core.Report(Start).Portfolios.Keys);
    }

    [Theory]
    [InlineData(250, 250, "TIER_250")]
    [InlineData(10_000, 10_000, "TIER_10K")]
    [InlineData(0, -1, "TIER_UNLIMITED")]
    public void A_new_limit_is_told_by_webhook_and_by_reads(int users, int told, string tier)
    {
        var bench = new Bench(Limited(1));
        bench.Core.SetMessagingLimit(Start, Number, users);
        var value = Assert.Single(Values(bench.Drain(Start.AddSeconds(1))));
        Assert.Equal(told, value.GetProperty("max_daily_conversations_per_business").GetInt32());
        var read = JsonSerializer.Deserialize<JsonElement>(
            bench.Core.Get(Start, Number, Token, "whatsapp_business_manager_messaging_limit").Body.Span);
        Assert.Equal(tier, read.GetProperty("whatsapp_business_manager_messaging_limit").GetString());
    }

    [Fact]
    public void A_limit_out_of_range_is_named() => Assert.Contains(
        "MessagingLimit must lie between 0 and 1000000.", Limited(-1).Problems());
}
