using System.Text;
using System.Text.Json;
using static WaGrains.Sandbox.Tests.Bench;

namespace WaGrains.Sandbox.Tests;

public class JudgeTests
{
    private readonly Bench _bench = new(Quiet());

    private SandboxReport Report => _bench.Core.Report(Start);

    [Fact]
    public void The_same_callback_text_twice_is_a_repeated_send()
    {
        _bench.Post(Start, TextBody("one", "c-1"));
        _bench.Post(Start, TextBody("two", "c-1"));
        _bench.Post(Start, TextBody("three", "c-2"));
        Assert.Equal((1, 0, 1), (Report.RepeatedSends, Report.RepeatedContent, Report.RulesBroken));
    }

    [Fact]
    public void A_refused_send_may_be_repeated()
    {
        _bench.Core.RefuseNext(1, 130429);
        Assert.Equal(130429, _bench.Code(Start, TextBody("one", "c-1")));
        Assert.Equal(0, _bench.Code(Start, TextBody("one", "c-1")));
        Assert.Equal((0, 0), (Report.RulesBroken, Report.RateViolations));
        Assert.Equal(1, Report.MessagesRejectedByCode[130429]);
    }

    [Fact]
    public void The_same_words_to_the_same_person_in_the_same_context_are_repeated_content()
    {
        _bench.Post(Start, TextBody("same", "c-1"));
        _bench.Post(Start, TextBody("same", "c-2", "+5511900000000"));
        _bench.Post(Start, TextBody("same", "c-3").Replace("\"type\"", "\"context\":{\"message_id\":\"w\"},\"type\""));
        Assert.Equal(0, Report.RepeatedContent);
        _bench.Post(Start, TextBody("same", "c-4"));
        Assert.Equal(1, Report.RepeatedContent);
    }

    [Fact]
    public void A_missing_callback_text_is_counted()
    {
        _bench.Post(Start, $$"""{"messaging_product":"whatsapp","to":"{{Guest}}","text":{"body":"hi"} }""");
        Assert.Equal((1, 1), (Report.MissingCallbackData, Report.RulesBroken));
    }

    [Fact]
    public void Counters_at_the_end_of_a_body_must_not_go_backwards_for_one_recipient()
    {
        foreach (var (text, to) in new[]
        {
            ("a #1", Guest), ("b #3", Guest), ("c #2", "+5511900000000"), ("no counter # 1", Guest), ("d #3", Guest),
        })
        {
            Assert.Equal(0, _bench.Code(Start, TextBody(text, text + to, to)));
        }

        Assert.Equal(0, Report.OrderViolations);
        _bench.Post(Start, TextBody("e #2", "c-9"));
        Assert.Equal(1, Report.OrderViolations);
    }

    [Fact]
    public void What_is_forgotten_is_reported()
    {
        var options = Quiet();
        options.Judge.RememberedSends = 2;
        var bench = new Bench(options);
        foreach (var callback in new[] { "c-1", "c-2", "c-3", "c-1" })
        {
            bench.Post(Start, TextBody($"for {callback}", callback));
        }

        Assert.Equal((0, 2), (bench.Core.Report(Start).RepeatedSends, bench.Core.Report(Start).SendsForgotten));
    }

    [Fact]
    public void Answers_by_context_and_later_answers_are_counted_apart()
    {
        var first = _bench.Core.Write(Start, Number, Guest, "one");
        _bench.Core.Write(Start, Number, Guest, "two");
        _bench.Core.Write(Start, Number, "+5511900000000", "three");
        Assert.Equal(new InboundCounts(3, 0, 0, 0, 3), Report.InboundMessages);
        _bench.Post(Start, TextBody("some answer", "c-1"));
        Assert.Equal(new InboundCounts(3, 0, 0, 2, 1), Report.InboundMessages);
        _bench.Post(Start, TextBody("quoting", "c-2").Replace(
            "\"type\"", $"\"context\":{{\"message_id\":\"{first}\"}},\"type\""));
        Assert.Equal(new InboundCounts(3, 0, 1, 1, 1), Report.InboundMessages);
    }

    [Fact]
    public void Ordered_faults_hit_as_many_sends_as_ordered()
    {
        _bench.Core.FailNext(1, 131026);
        _bench.Core.LoseNextAnswers(1);
        Assert.True(_bench.Post(Start, TextBody("one", "c-1")).AnswerLost);
        Assert.False(_bench.Post(Start, TextBody("two", "c-2")).AnswerLost);
        _bench.Core.RefuseUntil(Start.AddSeconds(30), 130429);
        Assert.Equal(130429, _bench.Code(Start.AddSeconds(29.9), TextBody("three", "c-3")));
        Assert.Equal(0, _bench.Code(Start.AddSeconds(30), TextBody("four", "c-4")));
        Assert.Equal((3, 0), (Report.MessagesAccepted, Report.RateViolations));
    }

    [Fact]
    public void Wrong_tokens_and_numbers_are_refused()
    {
        var body = Encoding.UTF8.GetBytes(TextBody("hi", "c-1"));
        Assert.Equal(190, CodeOf(_bench.Core.Post(Start, Number, null, body)));
        Assert.Equal(190, CodeOf(_bench.Core.Post(Start, Number, "other", body)));
        var unknown = _bench.Core.Post(Start, "99", Token, body);
        Assert.Equal((400, 100), (unknown.Status, CodeOf(unknown)));
    }

    [Fact]
    public void Errors_have_Metas_shape()
    {
        _bench.Core.RefuseNext(1, 131056);
        var answer = _bench.Post(Start, TextBody("hi", "c-1"));
        var error = JsonSerializer.Deserialize<JsonElement>(answer.Body.Span).GetProperty("error");
        Assert.Equal(429, answer.Status);
        Assert.Equal(
            "(#131056) (Business Account, Consumer Account) pair rate limit hit",
            error.GetProperty("message").GetString());
        Assert.Equal("OAuthException", error.GetProperty("type").GetString());
        Assert.Equal("whatsapp", error.GetProperty("error_data").GetProperty("messaging_product").GetString());
        Assert.NotEmpty(error.GetProperty("error_data").GetProperty("details").GetString()!);
        Assert.NotEmpty(error.GetProperty("fbtrace_id").GetString()!);
    }

    [Fact]
    public void The_report_is_snake_case()
    {
        _bench.Post(Start, TextBody("hi", "c-1"));
        var json = JsonSerializer.Deserialize<JsonElement>(ReportJson.Write(Report));
        Assert.Equal(1, json.GetProperty("messages_accepted").GetInt64());
        Assert.Equal(0, json.GetProperty("webhooks").GetProperty("given_up").GetInt64());
        Assert.Equal(0, json.GetProperty("inbound_messages").GetProperty("answered_by_context").GetInt64());
        Assert.Equal(0, json.GetProperty("statuses").GetProperty("played").GetInt64());
    }

    [Fact]
    public void A_full_backlog_refuses_sends_with_2()
    {
        var options = Quiet();
        options.Webhooks.BacklogMax = 1000;
        var bench = new Bench(options);
        for (var i = 0; i < 999; i++)
        {
            bench.Core.PushWebhook(Start, "{}"u8);
        }

        Assert.Equal(0, bench.Code(Start, TextBody("one", "c-1")));
        bench.Core.PushWebhook(Start, "{}"u8);
        Assert.Equal(2, bench.Code(Start, TextBody("two", "c-2")));
    }
}
