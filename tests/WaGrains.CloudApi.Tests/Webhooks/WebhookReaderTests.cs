using System.Text;
using WaGrains.CloudApi.Webhooks;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Webhooks;

public sealed class WebhookReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nonsense")]
    [InlineData("{")]
    [InlineData("{}}")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[]} {}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{]}""")]
    public void Broken_json_is_a_malformed_batch(string body)
    {
        var batch = WebhookReader.Read(Encoding.UTF8.GetBytes(body));
        Assert.Equal("not_json", batch.Problem);
        Assert.Empty(batch.Items);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Json_that_is_no_object_is_a_malformed_batch(string body) =>
        Assert.Equal("not_an_object", WebhookReader.Read(Encoding.UTF8.GetBytes(body)).Problem);

    [Fact]
    public void A_batch_falls_apart_by_number_and_keeps_the_order()
    {
        string[] changes =
        [
            Told("1", "a", "b"),
            """{"field":"account_update","value":{"event":"PARTNER_ADDED"}}""",
            Told("2", "c"),
            Told("1", "d"),
        ];
        var body = $$"""
            { "object": "whatsapp_business_account",
              "entry": [ { "id": "7", "changes": [ {{string.Join(',', changes)}} ] } ] }
            """;
        var batch = WebhookReader.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal(["1", "2"], batch.Numbers);
        Assert.Equal(["a", "b", "d"], Wamids(batch.Of(["1"])));
        var rest = batch.Without(["1"]);
        Assert.Equal(["c"], Wamids(rest));
        Assert.Single(rest.Items.OfType<AccountItem>());
        Assert.Equal(2, rest.Items.Count);
    }

    [Fact]
    public void Half_a_surrogate_in_a_property_name_costs_only_its_item()
    {
        var batch = Messages(
            """{"from":"49","id":"w1","timestamp":"1793000001","type":"text","\ud83d":1,"text":{"body":"a"}}""",
            """{"from":"49","id":"w2","timestamp":"1793000001","type":"text","text":{"body":"b"}}""");
        Assert.Equal(2, batch.Items.Count);
        Assert.Equal("w2", Assert.IsType<InboundItem>(batch.Items[1]).Message.Wamid);
    }

    [Fact]
    public void Payload_is_the_message_byte_for_byte()
    {
        const string Message =
            """{ "from":"49", "id":"w1","timestamp":"1793000001","type":"text","text":{"body":"caf\u00e9 \/"} }""";
        var item = Assert.IsType<InboundItem>(Assert.Single(Messages(Message).Items));
        Assert.Equal(Message, Encoding.UTF8.GetString(item.Message.Payload.Span));
    }

    [Fact]
    public void Every_member_of_the_set_has_its_own_function()
    {
        var kinds = GoldenFiles.Webhooks()
            .SelectMany(name => WebhookReader.Read(GoldenFiles.Webhook(name)).Items)
            .Select(item => (item.GetType().Name, Match: item.Match(
                _ => "InboundItem",
                _ => "StatusItem",
                _ => "EchoItem",
                _ => "IdentityItem",
                _ => "PreferenceItem",
                _ => "QualityItem",
                _ => "TemplateItem",
                _ => "AccountItem",
                _ => "ValueErrorItem",
                _ => "RawItem")))
            .Distinct()
            .ToList();
        Assert.Equal(10, kinds.Count);
        Assert.All(kinds, kind => Assert.Equal(kind.Name, kind.Match));
    }

    [Fact]
    public void Goldens_cover_every_kind_of_message()
    {
        var seen = GoldenFiles.Webhooks()
            .SelectMany(name => WebhookReader.Read(GoldenFiles.Webhook(name)).Items)
            .Select(item => item.Match<InboundKind?>(
                inbound => inbound.Message.Kind,
                _ => null,
                _ => null,
                _ => null,
                _ => null,
                _ => null,
                _ => null,
                _ => null,
                _ => null,
                _ => null))
            .OfType<InboundKind>()
            .ToHashSet();
        Assert.Equal(Enum.GetValues<InboundKind>(), seen.Order());
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public void More_than_a_thousand_updates_are_read_and_flagged(int count, bool oversized)
    {
        var batch = Messages([.. Enumerable.Range(0, count).Select(i =>
            $$$"""{"from":"49","id":"w{{{i}}}","timestamp":"1793000001","type":"text","text":{"body":"{{{i}}}"}}""")]);
        Assert.Equal(count, batch.Items.Count);
        Assert.Equal(oversized, batch.IsOversized);
        Assert.All(batch.Items, item => Assert.IsType<InboundItem>(item));
    }

    [Fact]
    public void Too_long_a_wamid_is_kept_raw()
    {
        var id = new string('x', 513);
        var batch = Messages($$$"""{"from":"49","id":"{{{id}}}","timestamp":"1793000001","type":"text"}""");
        Assert.Equal("id_missing", Assert.IsType<RawItem>(Assert.Single(batch.Items)).Reason);
    }

    [Fact]
    public void Items_do_not_tell_who_or_what_in_their_text()
    {
        var shown = GoldenFiles.Webhooks()
            .SelectMany(name => WebhookReader.Read(GoldenFiles.Webhook(name)).Items)
            .Select(item => item.ToString());
        Assert.All(shown, text => Assert.Matches("^[A-Za-z]+Item$", text));
    }

    [Fact]
    public void One_text_message_stays_within_two_kilobytes()
    {
        var body = GoldenFiles.Webhook("message_text");
        WebhookReader.Read(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var batch = WebhookReader.Read(body);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Single(batch.Items);
        Assert.InRange(allocated, 1, 2_048);
    }

    private static WebhookBatch Messages(params string[] messages)
    {
        const string Head = """
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
            "metadata":{"phone_number_id":"2"},"messages":[
            """;
        return WebhookReader.Read(Encoding.UTF8.GetBytes(Head + string.Join(',', messages) + "]}}]}]}"));
    }

    private static string Told(string number, params string[] wamids)
    {
        var messages = wamids.Select(wamid =>
            $$"""{ "from": "49", "id": "{{wamid}}", "timestamp": "1793000001", "type": "text" }""");
        return $$"""
            { "field": "messages", "value": {
                "metadata": { "phone_number_id": "{{number}}" }, "messages": [ {{string.Join(',', messages)}} ] } }
            """;
    }

    private static IEnumerable<string> Wamids(WebhookBatch batch) =>
        batch.Items.OfType<InboundItem>().Select(item => item.Message.Wamid);
}
