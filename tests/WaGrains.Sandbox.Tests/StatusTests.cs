using System.Text.Json;
using static WaGrains.Sandbox.Tests.Bench;

namespace WaGrains.Sandbox.Tests;

public class StatusTests
{
    private static readonly DateTimeOffset Later = Start.AddMinutes(2);

    [Fact]
    public void A_well_behaved_message_is_sent_delivered_and_read()
    {
        var bench = OpenWindow(Quiet());
        bench.Post(Start, TextBody("hi", "job-7/line-3"));
        var calls = bench.Drain(Later);
        Assert.Equal(["sent", "delivered", "read"], StatusNames(calls));
        var (sent, delivered, read) = (Status(calls, "sent"), Status(calls, "delivered"), Status(calls, "read"));
        Assert.Equal("job-7/line-3", sent.GetProperty("biz_opaque_callback_data").GetString());
        Assert.Equal("5511988887777", sent.GetProperty("recipient_id").GetString());
        Assert.Equal("service", sent.GetProperty("pricing").GetProperty("category").GetString());
        Assert.Equal("free_customer_service", delivered.GetProperty("pricing").GetProperty("type").GetString());
        Assert.False(read.TryGetProperty("pricing", out _));
        Assert.All([sent, delivered, read], each => Assert.False(each.TryGetProperty("conversation", out _)));
        Assert.All(Values(calls), each => Assert.True(each.TryGetProperty("contacts", out _)));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 1)]
    public void A_send_that_is_never_answered_is_counted_and_so_is_one_that_nothing_tells_of(
        double neverTold, int statuses, int untold)
    {
        var options = Quiet();
        options.Misbehaviour.NeverAnswered = 1;
        options.Misbehaviour.NeverTold = neverTold;
        var bench = OpenWindow(options);
        bench.Post(Start, TextBody("hi", "c-1"));
        Assert.Equal(statuses, StatusNames(bench.Drain(Later)).Count(name => name == "sent"));
        var report = bench.Core.Report(Later);
        Assert.Equal((1, 1, untold), (report.MessagesAccepted, report.NeverAnswered, report.NeverTold));

        bench.Core.LeaveUnanswered(0);
        bench.Post(Later, TextBody("hi", "c-2"));
        Assert.Equal(1, bench.Core.Report(Later).NeverAnswered);
    }

    [Fact]
    public void Voice_messages_are_played()
    {
        var bench = OpenWindow(Quiet());
        bench.Post(Start, $$"""
            {"messaging_product":"whatsapp","to":"{{Guest}}","type":"audio","audio":{"id":"1","voice":true} }
            """);
        Assert.Equal(["sent", "delivered", "read", "played"], StatusNames(bench.Drain(Later)));
    }

    [Fact]
    public void Free_form_into_a_closed_window_is_accepted_and_then_fails()
    {
        var bench = OpenWindow(Quiet());
        Assert.Equal(0, bench.Code(Start.AddHours(24).AddTicks(-1), TextBody("in time", "c-1")));
        Assert.Equal(0, bench.Code(Start.AddHours(24), TextBody("too late", "c-2")));
        var failed = Status(bench.Drain(Start.AddHours(25)), "failed");
        Assert.Equal("c-2", failed.GetProperty("biz_opaque_callback_data").GetString());
        Assert.Equal(131047, failed.GetProperty("errors")[0].GetProperty("code").GetInt32());
        Assert.False(failed.TryGetProperty("recipient_user_id", out _));
        Assert.Equal(1, bench.Core.Report(Start).WindowViolations);
        Assert.Equal(0, bench.Core.Report(Start).RulesBroken);
    }

    [Fact]
    public void Templates_need_no_window_and_are_billed()
    {
        var bench = new Bench(Quiet());
        var answer = bench.Post(Start, $$"""
            {"messaging_product":"whatsapp","to":"{{Guest}}","type":"template","template":{"name":"spring_offer",
             "language":{"code":"pt_BR"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ana"}]}]} }
            """);
        var message = JsonSerializer.Deserialize<JsonElement>(answer.Body.Span).GetProperty("messages")[0];
        Assert.Equal("accepted", message.GetProperty("message_status").GetString());
        var pricing = Status(bench.Drain(Later), "sent").GetProperty("pricing");
        Assert.True(pricing.GetProperty("billable").GetBoolean());
        Assert.Equal("marketing", pricing.GetProperty("category").GetString());
    }

    [Fact]
    public void People_without_a_number_are_addressed_by_user_id()
    {
        var bench = new Bench(Quiet());
        bench.Core.Write(Start, Number, "BR.55661", "oi");
        var inbound = Assert.Single(Items(bench.Drain(Start), "messages"));
        Assert.False(inbound.TryGetProperty("from", out _));
        Assert.Equal("BR.55661", inbound.GetProperty("from_user_id").GetString());
        var answer = bench.Post(
            Start, """{"messaging_product":"whatsapp","recipient":"BR.55661","text":{"body":"oi"},"type":"text"}""");
        var contact = JsonSerializer.Deserialize<JsonElement>(answer.Body.Span).GetProperty("contacts")[0];
        Assert.Equal("BR.55661", contact.GetProperty("user_id").GetString());
        Assert.False(contact.TryGetProperty("wa_id", out _));
        var sent = Status(bench.Drain(Later), "sent");
        Assert.False(sent.TryGetProperty("recipient_id", out _));
        Assert.Equal("BR.55661", sent.GetProperty("recipient_user_id").GetString());
    }

    [Theory]
    [InlineData("+55 11 8888-7777", "5511988887777")]
    [InlineData("+55 11 98888-7777", "5511988887777")]
    [InlineData("+55 31 98888-7777", "553188887777")]
    [InlineData("+55 31 3333-4444", "553133334444")]
    [InlineData("+55 11 3333-4444", "551133334444")]
    [InlineData("+52 55 1234 5678", "5215512345678")]
    [InlineData("4915112345678", "4915112345678")]
    public void National_forms_are_rewritten_as_Meta_does(string input, string waId)
    {
        var answer = new Bench(Quiet()).Post(Start, TextBody("hi", "c-1", input));
        var contact = JsonSerializer.Deserialize<JsonElement>(answer.Body.Span).GetProperty("contacts")[0];
        Assert.Equal(input, contact.GetProperty("input").GetString());
        Assert.Equal(waId, contact.GetProperty("wa_id").GetString());
    }

    [Fact]
    public void Certain_misbehaviours_change_order_count_and_time()
    {
        Assert.Equal(["delivered", "sent", "read"], With(wrong => wrong.Reordered = 1));
        Assert.Equal(["sent", "read", "delivered"], With(wrong => wrong.ReadFirst = 1));
        Assert.Equal(["sent", "read"], With(wrong => wrong.DeliveredSkipped = 1));
        Assert.Equal(["sent", "failed"], With(wrong => wrong.FailedAfterSent = 1));
        Assert.Equal(
            ["delivered", "delivered", "read", "read", "sent", "sent"],
            With(wrong => wrong.Doubled = 1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_skipped_delivered_leaves_its_pricing_to_read()
    {
        var options = Quiet();
        options.Misbehaviour.DeliveredSkipped = 1;
        var bench = OpenWindow(options);
        bench.Post(Start, TextBody("hi", "c-1"));
        Assert.True(Status(bench.Drain(Later), "read").TryGetProperty("pricing", out _));
    }

    [Fact]
    public void Sent_can_be_under_way_before_the_answer_is()
    {
        var options = Quiet();
        options.Misbehaviour.SentBeforeAnswer = 1;
        var bench = OpenWindow(options);
        bench.Post(Start, TextBody("hi", "c-1"));
        Assert.Equal(["sent"], StatusNames(bench.Drain(Start)));
    }

    [Fact]
    public void A_late_status_keeps_the_time_it_happened()
    {
        var options = Quiet();
        (options.Misbehaviour.Late, options.Misbehaviour.LateSeconds) = (1, 3600);
        var bench = OpenWindow(options);
        bench.Post(Start, TextBody("hi", "c-1"));
        Assert.True(StatusNames(bench.Drain(Start.AddSeconds(8))).Count < 3);
        var all = Items(bench.Drain(Start.AddHours(2)), "statuses");
        Assert.All(all, each => Assert.InRange(
            long.Parse(each.GetProperty("timestamp").GetString()!, null),
            Start.ToUnixTimeSeconds(),
            Start.AddSeconds(8).ToUnixTimeSeconds()));
    }

    private static List<string> With(Action<Misbehaviour> wrong)
    {
        var options = Quiet();
        wrong(options.Misbehaviour);
        var bench = OpenWindow(options);
        bench.Post(Start, TextBody("hi", "c-1"));
        return StatusNames(bench.Drain(Later));
    }

    private static Bench OpenWindow(SandboxOptions options)
    {
        var bench = new Bench(options);
        bench.Core.Write(Start, Number, Guest, "hi");
        bench.Drain(Start);
        return bench;
    }

    private static JsonElement Status(IEnumerable<Webhooks.WebhookCall> calls, string status) =>
        Assert.Single(Items(calls, "statuses"), each => each.GetProperty("status").GetString() == status);
}
