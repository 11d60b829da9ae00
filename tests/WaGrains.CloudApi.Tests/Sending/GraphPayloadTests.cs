using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaGrains.CloudApi.Sending;
using WaGrains.CloudApi.Tests.Messaging;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Sending;

public sealed class GraphPayloadTests
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Recipient Mia = new("4915112345678", "DE.11223344556677");

    public static TheoryData<string> Names => [.. Contents.All().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_type_is_written_as_documented(string name) => GoldenFiles.Check(
        "payloads",
        name,
        JsonNode.Parse(Write(Mia, Contents.All()[name], null, null))!.ToJsonString(Readable));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_reads_back_equal(string name)
    {
        using var document = JsonDocument.Parse(Write(Mia, Contents.All()[name], null, null));
        var reading = GraphContent.Read(document.RootElement);
        Assert.Empty(reading.Mistakes);
        Assert.Equal(Contents.All()[name], reading.Content);
    }

    [Fact]
    public void Context_and_callback_text_travel_beside_the_content()
    {
        var written = JsonNode.Parse(
            Write(new Recipient("4915112345678", null), new TextContent("a", true), "wamid.Q", "1.t.n"))!;
        Assert.Equal("""{"message_id":"wamid.Q"}""", written["context"]!.ToJsonString());
        Assert.Equal("1.t.n", written["biz_opaque_callback_data"]!.GetValue<string>());
        Assert.Equal("""{"body":"a","preview_url":true}""", written["text"]!.ToJsonString());
    }

    [Theory]
    [InlineData("+49151", null, "\"to\":\"+49151\"")]
    [InlineData("49151", "DE.1", "\"to\":\"+49151\"")]
    [InlineData(null, "DE.1", "\"recipient\":\"DE.1\"")]
    [InlineData("", "DE.1", "\"recipient\":\"DE.1\"")]
    public void Phone_goes_before_user_id_and_has_its_plus(string? phone, string? userId, string expected) =>
        Assert.Contains(
            $",{expected},",
            Write(new Recipient(phone, userId), new TextContent("a", false), null, null),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("cut \ud83d")]
    [InlineData("\udc00\ud800 and \ud83d\ude00")]
    public void Half_an_emoji_is_replaced_and_still_sent(string body)
    {
        var written = JsonNode.Parse(Write(Mia, new TextContent(body, false), null, null))!;
        Assert.Contains('\uFFFD', written["text"]!["body"]!.GetValue<string>());
    }

    [Fact]
    public void Nobody_is_no_recipient() =>
        Assert.Throws<ArgumentException>(() => Write(default, new TextContent("a", false), null, null));

    private static string Write(Recipient recipient, MessageContent content, string? context, string? callback)
    {
        var buffer = new ArrayBufferWriter<byte>();
        GraphPayload.Write(buffer, recipient, content, context, callback);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
