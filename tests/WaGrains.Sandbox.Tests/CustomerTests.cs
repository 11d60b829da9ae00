using System.Text;
using System.Text.Json;
using WaGrains.Sandbox.Webhooks;
using static WaGrains.Sandbox.Tests.Bench;

namespace WaGrains.Sandbox.Tests;

public class CustomerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public void The_same_seed_and_calls_give_the_same_bytes(int seed)
    {
        var (one, other) = (Conversation(seed, 5), Conversation(seed, 5));
        Assert.True(one.Calls.Count > 100, $"seed={seed}: only {one.Calls.Count} webhooks");
        for (var i = 0; i < one.Calls.Count; i++)
        {
            Assert.True(one.Calls[i].Body.Span.SequenceEqual(other.Calls[i].Body.Span), $"seed={seed} webhook={i}");
            Assert.Equal(one.Calls[i].Signature, other.Calls[i].Signature);
        }

        Assert.NotEqual(one.Calls[0].Signature, Conversation(seed + 1, 5).Calls[0].Signature);
    }

    [Fact]
    public void Customers_keep_the_rate_they_are_given()
    {
        var options = Busy();
        (options.MessagesPerMinute, options.Habits.PatienceSeconds) = (600, 5);
        var bench = new Bench(options);
        bench.Drain(Start);
        bench.Drain(Start.AddMinutes(10));
        Assert.InRange(bench.Core.Report(Start).InboundMessages.Written, 5700, 6300);
    }

    [Fact]
    public void Customers_who_are_answered_write_again_and_end_up_answered()
    {
        const int seed = 11;
        var (bench, _) = Conversation(seed, 20);
        bench.Core.StopWriting();
        var now = Start.AddMinutes(20);
        Answer(bench, bench.Drain(now), now);
        var report = bench.Core.Report(now);
        Assert.True(report.InboundMessages.Written > 1000, $"seed={seed} written={report.InboundMessages.Written}");
        Assert.Equal(0, report.InboundMessages.Unanswered);
        Assert.Equal(0, report.CustomersWaiting);
        Assert.Equal(report.InboundMessages.Written, report.InboundMessages.Acknowledged);
        Assert.Equal(0, report.RulesBroken);
    }

    [Fact]
    public void Nobody_writes_after_being_told_to_stop_until_told_to_start()
    {
        var bench = new Bench(Busy());
        bench.Drain(Start);
        bench.Drain(Start.AddMinutes(1));
        var written = bench.Core.Report(Start).InboundMessages.Written;
        bench.Core.StopWriting();
        bench.Drain(Start.AddMinutes(30));
        Assert.Equal(written, bench.Core.Report(Start).InboundMessages.Written);
        bench.Core.StartWriting(Start.AddMinutes(30), 60);
        bench.Drain(Start.AddMinutes(31));
        Assert.True(bench.Core.Report(Start).InboundMessages.Written > written);
    }

    [Fact]
    public void Customers_who_are_given_words_say_nothing_else()
    {
        var options = Bench.Quiet();
        options.Customers = 3;
        options.MessagesPerMinute = 600;
        options.Habits.Says = "catalogo, por favor";
        var bench = new Bench(options);

        bench.Core.TakeDue(Bench.Start, 100);
        var calls = bench.Core.TakeDue(Bench.Start + TimeSpan.FromSeconds(10), 100);

        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Contains(
            "\"text\":{\"body\":\"catalogo, por favor\"}", Encoding.UTF8.GetString(call.Body.Span)));
    }

    [Fact]
    public void Customers_tap_what_they_are_offered()
    {
        var options = Quiet();
        (options.Customers, options.MessagesPerMinute, options.Habits.ThinkSeconds) = (1, 60, 0);
        var bench = new Bench(options);
        bench.Drain(Start);
        var inbound = Items(bench.Drain(Start.AddMinutes(1)), "messages");
        var to = inbound.First(each => each.TryGetProperty("from", out _)).GetProperty("from").GetString();
        var answer = bench.Post(Start.AddMinutes(1), $$$"""
            {"messaging_product":"whatsapp","to":"{{{to}}}","type":"interactive","interactive":{"type":"button",
             "body":{"text":"Confirm?"},"action":{"buttons":[{"type":"reply","reply":{"id":"ok","title":"Yes"}}]} } }
            """);
        var offered = JsonSerializer.Deserialize<JsonElement>(answer.Body.Span).GetProperty("messages")[0];
        var taps = Items(bench.Drain(Start.AddMinutes(30)), "messages")
            .Where(each => each.GetProperty("type").GetString() == "interactive")
            .ToList();
        var tap = Assert.Single(taps);
        Assert.Equal("ok", tap.GetProperty("interactive").GetProperty("button_reply").GetProperty("id").GetString());
        Assert.Equal(offered.GetProperty("id").GetString(), tap.GetProperty("context").GetProperty("id").GetString());
    }

    [Fact]
    public void Customers_write_every_documented_kind_and_some_hide_their_number()
    {
        var options = Busy();
        options.Habits.OtherThanText = 0.6;
        var (_, calls) = Conversation(options, 5, 30);
        var messages = Items(calls, "messages");
        var kinds = messages.Select(each => each.GetProperty("type").GetString()!).Distinct().Order().ToList();
        Assert.Equal(["edit", "image", "location", "reaction", "revoke", "text", "unsupported"], kinds);
        Assert.Contains(messages, each => !each.TryGetProperty("from", out _));
        Assert.All(messages, each => Assert.True(each.TryGetProperty("from_user_id", out _)));
        Assert.Equal(messages.Count, messages.Select(each => each.GetProperty("id").GetString()).Distinct().Count());
    }

    private static SandboxOptions Busy()
    {
        var options = new SandboxOptions { Customers = 60, MessagesPerMinute = 60 };
        (options.Habits.ThinkSeconds, options.Webhooks.UpdatesPerPost) = (2, 5);
        return options;
    }

    private static (Bench Bench, List<WebhookCall> Calls) Conversation(int seed, int minutes) =>
        Conversation(Busy(), seed, minutes);

    /// <summary>Half a second a step; whatever expects an answer gets one, quoting it.</summary>
    private static (Bench Bench, List<WebhookCall> Calls) Conversation(SandboxOptions options, int seed, int minutes)
    {
        var bench = new Bench(options, seed);
        var all = new List<WebhookCall>();
        for (var step = 0; step <= minutes * 120; step++)
        {
            var now = Start.AddSeconds(step * 0.5);
            var calls = bench.Drain(now);
            all.AddRange(calls);
            Answer(bench, calls, now);
        }

        return (bench, all);
    }

    private static void Answer(Bench bench, List<WebhookCall> calls, DateTimeOffset now)
    {
        foreach (var value in Values(calls).Where(each => each.TryGetProperty("messages", out _)))
        {
            var number = value.GetProperty("metadata").GetProperty("phone_number_id").GetString()!;
            foreach (var message in value.GetProperty("messages").EnumerateArray())
            {
                var id = message.GetProperty("id").GetString();
                var address = message.TryGetProperty("from", out var from)
                    ? $"\"to\":\"+{from.GetString()}\""
                    : $"\"recipient\":\"{message.GetProperty("from_user_id").GetString()}\"";
                bench.Core.Post(now, number, Token, Encoding.UTF8.GetBytes(
                    $$"""
                    {"messaging_product":"whatsapp",{{address}},"text":{"body":"got it"},
                     "context":{"message_id":"{{id}}"},"biz_opaque_callback_data":"answer-{{id}}"}
                    """));
            }
        }
    }
}
