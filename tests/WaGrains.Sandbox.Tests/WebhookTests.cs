using System.Text;
using System.Text.Json;
using WaGrains.Sandbox.Graph;
using WaGrains.Sandbox.Webhooks;
using static WaGrains.Sandbox.Tests.Bench;

namespace WaGrains.Sandbox.Tests;

public class WebhookTests
{
    [Theory]
    [InlineData(
        """{"object":"whatsapp_business_account","entry":[]}""",
        "c84a394cc475525991e78ff16e430b02e47f953877d2af0ade26956ce6f384dc")]
    [InlineData(
        """{"t":"caf\u00e9 \ud83d\ude00 a\/b"}""",
        "5d67889178ad9498bea3dac2b9cc761fd502ec923d135827e48692eee4b8ef92")]
    public void Signatures_match_the_reference_vectors(string body, string hex) =>
        Assert.Equal($"sha256={hex}", new WebhookSignature("test-app-secret").Of(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("café 😀 a/b", """{"t":"caf\u00e9 \ud83d\ude00 a\/b"}""")]
    [InlineData("say \"hi\"\\ \n", """{"t":"say \"hi\"\\ \n"}""")]
    [InlineData("\u2028\u001f", """{"t":"\u2028\u001f"}""")]
    public void Bodies_are_escaped_as_Meta_signs_them(string text, string expected)
    {
        var plain = JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("t", text);
            json.WriteEndObject();
        });
        Assert.Equal(expected, Encoding.UTF8.GetString(MetaEscaping.Escape(plain)));
    }

    [Fact]
    public void Sent_bodies_are_ascii_and_signed_over_those_bytes()
    {
        var bench = new Bench(Quiet());
        bench.Core.Write(Start, Number, Guest, "preço / horário 😀");
        var call = Assert.Single(bench.Drain(Start));
        Assert.DoesNotContain(call.Body.ToArray(), each => each > 127);
        Assert.Contains("pre\\u00e7o \\/ hor\\u00e1rio \\ud83d\\ude00", Encoding.UTF8.GetString(call.Body.Span));
        Assert.Equal(new WebhookSignature("demo-app-secret").Of(call.Body.Span), call.Signature);
    }

    [Fact]
    public void An_unanswered_webhook_is_repeated_at_once_and_then_ever_slower_with_the_same_bytes()
    {
        var bench = new Bench(Quiet());
        bench.Core.Write(Start, Number, Guest, "hi");
        var first = Assert.Single(bench.Core.TakeDue(Start, 10));
        var now = Start;
        foreach (var wait in new[] { 0, 1, 2, 4, 8 })
        {
            bench.Core.Answered(now, first.Id, wait == 2 ? 0 : 500);
            var due = now + TimeSpan.FromSeconds(wait);
            Assert.Equal(due, bench.Core.NextDue);
            Assert.Empty(wait == 0 ? [] : bench.Core.TakeDue(due - TimeSpan.FromTicks(1), 10));
            now = due;
            var again = Assert.Single(bench.Core.TakeDue(now, 10));
            Assert.Equal(first.Body, again.Body);
            Assert.Equal((first.Id, first.Signature), (again.Id, again.Signature));
        }

        Assert.Equal(5, bench.Core.Report(now).Webhooks.Retried);
    }

    [Fact]
    public void Only_200_is_success()
    {
        var bench = new Bench(Quiet());
        bench.Core.Write(Start, Number, Guest, "hi");
        bench.Core.Answered(Start, bench.Core.TakeDue(Start, 1)[0].Id, 201);
        Assert.Equal((0, 1), Settled(bench, Start));
        bench.Core.Answered(Start, bench.Core.TakeDue(Start, 1)[0].Id, 200);
        Assert.Equal((1, 0), Settled(bench, Start));
        Assert.Equal(1, bench.Core.Report(Start).InboundMessages.Acknowledged);
    }

    [Fact]
    public void After_seven_days_a_webhook_is_given_up()
    {
        var bench = new Bench(Quiet());
        bench.Core.Write(Start, Number, Guest, "hi");
        var now = Start;
        while (bench.Core.NextDue is { } due)
        {
            now = due > now ? due : now;
            foreach (var call in bench.Core.TakeDue(now, 1))
            {
                bench.Core.Answered(now, call.Id, 503);
            }
        }

        Assert.InRange(now - Start, TimeSpan.FromDays(7) - TimeSpan.FromHours(1), TimeSpan.FromDays(7));
        Assert.Equal(1, bench.Core.Report(now).Webhooks.GivenUp);
        Assert.Equal((0, 0), Settled(bench, now));
    }

    [Fact]
    public void No_more_are_in_flight_than_allowed()
    {
        var options = Quiet();
        options.Webhooks.InFlightMax = 3;
        var bench = new Bench(options);
        for (var i = 0; i < 5; i++)
        {
            bench.Core.Write(Start, Number, Guest, "hi");
        }

        var calls = bench.Core.TakeDue(Start, 10);
        Assert.Equal(3, calls.Count);
        Assert.Null(bench.Core.NextDue);
        bench.Core.Answered(Start, calls[1].Id, 200);
        Assert.Equal(Start, bench.Core.NextDue);
        Assert.Single(bench.Core.TakeDue(Start, 10));
    }

    [Fact]
    public void Batches_group_by_number_and_keep_failed_statuses_apart()
    {
        var options = Quiet();
        options.Webhooks.UpdatesPerPost = 100;
        var bench = new Bench(options, seed: 3);
        for (var i = 0; i < 40; i++)
        {
            bench.Core.Write(Start, i % 2 == 0 ? Number : "730000000000012", $"+5511{98880000 + i}", "hi");
        }

        bench.Post(Start, TextBody("into a closed window", "c-1", "+5511900000000"));
        var calls = bench.Drain(Start + TimeSpan.FromSeconds(1));
        Assert.InRange(calls.Count, 1, 39);
        Assert.Equal(40, Items(calls, "messages").Count);
        var failed = Assert.Single(Values(calls), value => value.TryGetProperty("statuses", out _));
        Assert.False(failed.TryGetProperty("contacts", out _));
    }

    [Fact]
    public void Raw_webhooks_keep_their_bytes()
    {
        var bench = new Bench(Quiet());
        bench.Core.PushWebhook(Start, "{\"object\" : 5}"u8);
        Assert.Equal("{\"object\" : 5}", Encoding.UTF8.GetString(Assert.Single(bench.Drain(Start)).Body.Span));
    }

    [Fact]
    public void A_throughput_upgrade_is_told_and_read()
    {
        var bench = new Bench(Quiet());
        bench.Core.QualityEvent(Start, Number, "THROUGHPUT_UPGRADE", "TIER_UNLIMITED");
        bench.Core.SetQuality(Number, "YELLOW");
        var value = Assert.Single(Values(bench.Drain(Start)));
        Assert.Equal("THROUGHPUT_UPGRADE", value.GetProperty("event").GetString());
        var read = bench.Core.Get(Start, Number, Token, "quality_rating,throughput{level}");
        Assert.Equal(
            $$$"""{"quality_rating":"YELLOW","throughput":{"level":"HIGH"},"id":"{{{Number}}}"}""",
            Encoding.UTF8.GetString(read.Body.Span));
    }

    [Fact]
    public void Reads_of_unknown_fields_nodes_and_tokens_are_refused()
    {
        var bench = new Bench(Quiet());
        Assert.Equal(100, CodeOf(bench.Core.Get(Start, Number, Token, "id,shoe_size")));
        Assert.Equal(190, CodeOf(bench.Core.Get(Start, Number, "other", null)));
        var unknown = JsonSerializer.Deserialize<JsonElement>(bench.Core.Get(Start, "5", Token, null).Body.Span);
        Assert.Equal(33, unknown.GetProperty("error").GetProperty("error_subcode").GetInt32());
    }

    private static (long Acknowledged, long Pending) Settled(Bench bench, DateTimeOffset now)
    {
        var webhooks = bench.Core.Report(now).Webhooks;
        return (webhooks.Acknowledged, webhooks.Pending);
    }
}
