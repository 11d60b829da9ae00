using System.Text.Json;
using static WaGrains.Sandbox.Tests.Bench;

namespace WaGrains.Sandbox.Tests;

/// <summary>Each documented limit, at it and one over; a code of 0 means accepted.</summary>
public class SendRulesTests
{
    [Theory]
    [InlineData(4096, 0)]
    [InlineData(4097, 131009)]
    public void Text_holds_4096_characters(int length, int code) =>
        Expect(code, $$"""{"type":"text","text":{"body":"{{Long(length)}}"} }""");

    [Fact]
    public void Characters_are_counted_as_code_points() =>
        Expect(0, $$"""{"text":{"body":"{{string.Concat(Enumerable.Repeat("😀", 4096))}}"} }""");

    [Theory]
    [InlineData("image", 1024, 0)]
    [InlineData("image", 1025, 131009)]
    [InlineData("video", 1025, 131009)]
    [InlineData("document", 1024, 0)]
    [InlineData("audio", 1, 100)]
    [InlineData("sticker", 1, 100)]
    public void Captions_hold_1024_characters_and_belong_to_some_media(string type, int length, int code) =>
        Expect(code, $$"""{"type":"{{type}}","{{type}}":{"id":"880001","caption":"{{Long(length)}}"} }""");

    [Theory]
    [InlineData("""{"id":"880001"}""", 0)]
    [InlineData("""{"link":"https://cdn.example.test/a.jpg"}""", 0)]
    [InlineData("""{"id":"880001","link":"https://cdn.example.test/a.jpg"}""", 131009)]
    [InlineData("""{}""", 131009)]
    [InlineData("""{"id":"not-an-id"}""", 131009)]
    [InlineData("""{"link":"ftp://cdn.example.test/a.jpg"}""", 131009)]
    [InlineData("""{"id":880001}""", 131009)]
    [InlineData("[]", 131009)]
    public void Media_needs_exactly_one_of_id_and_link(string media, int code) =>
        Expect(code, $$"""{"type":"image","image":{{media}}}""");

    [Theory]
    [InlineData("audio", """{"id":"1","voice":true}""", 0)]
    [InlineData("audio", """{"id":"1","voice":"yes"}""", 131009)]
    [InlineData("document", """{"id":"1","filename":"a.pdf"}""", 0)]
    [InlineData("image", """{"id":"1","filename":"a.pdf"}""", 100)]
    [InlineData("location", """{"latitude":90,"longitude":-180}""", 0)]
    [InlineData("location", """{"latitude":90.1,"longitude":0}""", 131009)]
    [InlineData("location", """{"latitude":1,"longitude":180.5}""", 131009)]
    [InlineData("location", """{"latitude":1}""", 131008)]
    [InlineData("contacts", """[{"name":{"formatted_name":"Mia"}}]""", 0)]
    [InlineData("contacts", """[{"name":{"first_name":"Mia"}}]""", 131008)]
    [InlineData("contacts", """[]""", 131009)]
    [InlineData("reaction", """{"message_id":"wamid.A","emoji":""}""", 0)]
    [InlineData("reaction", """{"message_id":"wamid.A"}""", 131008)]
    [InlineData("reaction", """{"emoji":"👍"}""", 131008)]
    [InlineData("text", """{"body":"hi","preview_url":true}""", 0)]
    [InlineData("text", """{"body":""}""", 131009)]
    [InlineData("text", """{"body":5}""", 131009)]
    [InlineData("text", """{}""", 131008)]
    [InlineData("text", """{"body":"hi","colour":"red"}""", 100)]
    [InlineData("poll", """{}""", 131009)]
    public void Other_types_follow_their_pages(string type, string content, int code) =>
        Expect(code, $$"""{"type":"{{type}}","{{type}}":{{content}}}""");

    [Theory]
    [InlineData("""{"type":"text"}""", 131008)]
    [InlineData("""{"type":3,"text":{"body":"hi"}}""", 131009)]
    [InlineData("""{"text":{"body":"hi"},"messaging_product":"sms"}""", 100)]
    [InlineData("""{"text":{"body":"hi"},"to":"12"}""", 131009)]
    [InlineData("""{"text":{"body":"hi"},"to":"+1 (555) 010-99 99"}""", 0)]
    [InlineData("""{"text":{"body":"hi"},"to":null}""", 100)]
    [InlineData("""{"text":{"body":"hi"},"to":null,"recipient":"US.1349"}""", 0)]
    [InlineData("""{"text":{"body":"hi"},"to":null,"recipient":"US.ENT.1349"}""", 0)]
    [InlineData("""{"text":{"body":"hi"},"to":null,"recipient":"1349"}""", 131009)]
    [InlineData("""{"text":{"body":"hi"},"recipient_type":"crowd"}""", 131009)]
    [InlineData("""{"text":{"body":"hi"},"context":{"message_id":"wamid.A"}}""", 0)]
    [InlineData("""{"text":{"body":"hi"},"context":{}}""", 131008)]
    [InlineData("""{"text":{"body":"hi"},"to":"+55 11 4000-0011"}""", 131021)]
    public void The_envelope_is_checked(string send, int code) => Expect(code, send);

    [Theory]
    [InlineData(512, 0)]
    [InlineData(513, 131009)]
    public void Callback_text_holds_512_characters(int length, int code) =>
        Expect(code, $$"""{"text":{"body":"hi"},"biz_opaque_callback_data":"{{Long(length)}}"}""");

    [Theory]
    [InlineData(1, 256, 20, 0)]
    [InlineData(3, 256, 20, 0)]
    [InlineData(4, 10, 10, 131009)]
    [InlineData(0, 10, 10, 131009)]
    [InlineData(1, 257, 20, 131009)]
    [InlineData(1, 256, 21, 131009)]
    public void Reply_buttons_are_three_with_short_titles(int count, int id, int title, int code) =>
        Expect(code, Buttons(string.Join(',', Enumerable.Range(0, count).Select(i => $$$"""
            {"type":"reply","reply":{"id":"{{{i}}}{{{Long(id - 1)}}}","title":"{{{i}}}{{{Long(title - 1)}}}"}}
            """))));

    [Theory]
    [InlineData("a", "A", "b", "B", 0)]
    [InlineData("a", "A", "a", "B", 131009)]
    [InlineData("a", "A", "b", "A", 131009)]
    [InlineData(" a", "A", "b", "B", 131009)]
    [InlineData("a", "", "b", "B", 131009)]
    public void Reply_buttons_differ_and_have_no_outer_spaces(
        string id, string title, string id2, string title2, int code) =>
        Expect(code, Buttons(
            $$$"""{"type":"reply","reply":{"id":"{{{id}}}","title":"{{{title}}}"}},"""
            + $$$"""{"type":"reply","reply":{"id":"{{{id2}}}","title":"{{{title2}}}"}}"""));

    [Theory]
    [InlineData(10, 1, 0)]
    [InlineData(11, 1, 131009)]
    [InlineData(5, 2, 0)]
    [InlineData(6, 2, 131009)]
    [InlineData(1, 11, 131009)]
    public void Lists_hold_ten_rows_over_all_sections(int rows, int sections, int code) =>
        Expect(code, List(string.Join(',', Enumerable.Range(0, sections).Select(section =>
        {
            var lines = Enumerable.Range(0, rows).Select(row => $$"""{"id":"{{section}}-{{row}}","title":"Row"}""");
            return $$"""{"title":"S{{section}}","rows":[{{string.Join(',', lines)}}]}""";
        }))));

    [Theory]
    [InlineData(24, 200, 24, 72, 0)]
    [InlineData(25, 200, 24, 72, 131009)]
    [InlineData(24, 201, 24, 72, 131009)]
    [InlineData(24, 200, 25, 72, 131009)]
    [InlineData(24, 200, 24, 73, 131009)]
    public void List_labels_are_short(int section, int id, int title, int description, int code) => Expect(code, List(
        $$"""{"title":"{{Long(section)}}","rows":[{"id":"{{Long(id)}}","title":"{{Long(title)}}","""
        + $$"""  "description":"{{Long(description)}}"}]}"""));

    [Theory]
    [InlineData("""{"type":"text","text":"Hello"}""", 0)]
    [InlineData("""{"type":"image","image":{"id":"880001"}}""", 131009)]
    public void List_headers_are_text(string header, int code) =>
        Expect(code, List("""{"rows":[{"id":"a","title":"A"}]}""", $"\"header\":{header},"));

    [Theory]
    [InlineData(60, 60, 1024, 0)]
    [InlineData(61, 60, 1024, 131009)]
    [InlineData(60, 61, 1024, 131009)]
    [InlineData(60, 60, 1025, 131009)]
    public void Interactive_parts_have_their_lengths(int header, int footer, int body, int code) => Expect(code,
        $$$"""
        {"type":"interactive","interactive":{"type":"cta_url","header":{"type":"text","text":"{{{Long(header)}}}"},
         "body":{"text":"{{{Long(body)}}}"},"footer":{"text":"{{{Long(footer)}}}"},
         "action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.example.test"} } } }
        """);

    [Theory]
    [InlineData(
        "cta_url",
        """{"name":"cta_url","parameters":{"display_text":"12345678901234567890","url":"https://a.b"}}""",
        0)]
    [InlineData(
        "cta_url",
        """{"name":"cta_url","parameters":{"display_text":"123456789012345678901","url":"https://a.b"}}""",
        131009)]
    [InlineData(
        "cta_url",
        """{"name":"cta_url","parameters":{"display_text":"Open","url":"nowhere"}}""",
        131009)]
    [InlineData(
        "flow",
        """{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"9","flow_cta":"Book"}}""",
        0)]
    [InlineData(
        "flow",
        """{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"9","flow_cta":"Book 😀"}}""",
        131009)]
    [InlineData(
        "flow",
        """{"name":"flow","parameters":{"flow_message_version":"2","flow_id":"9","flow_cta":"Book"}}""",
        131009)]
    [InlineData(
        "flow",
        """{"name":"flow","parameters":{"flow_message_version":"3","flow_cta":"Book"}}""",
        131009)]
    [InlineData("location_request_message", """{"name":"send_location"}""", 0)]
    [InlineData("location_request_message", """{"name":"other"}""", 131009)]
    [InlineData("request_contact_info", """{"name":"request_contact_info"}""", 0)]
    [InlineData("contact_request", """{"name":"contact_request"}""", 0)]
    [InlineData("catalog", """{"name":"catalog"}""", 131009)]
    public void Interactive_actions_follow_their_type(string type, string action, int code) => Expect(code,
        $$$"""{"type":"interactive","interactive":{"type":"{{{type}}}","body":{"text":"b"},"action":{{{action}}}}}""");

    [Theory]
    [InlineData("order_ready", "en_US", 1, 0)]
    [InlineData("order_ready", "en_US", 2, 132000)]
    [InlineData("order_ready", "de", 1, 132001)]
    [InlineData("nobody_knows", "en_US", 0, 132001)]
    [InlineData("old_offer", "en_US", 0, 132015)]
    [InlineData("Order-Ready", "en_US", 1, 131009)]
    public void Templates_must_be_approved_and_filled(string name, string language, int parameters, int code)
    {
        var values = string.Join(',', Enumerable.Repeat("""{"type":"text","text":"Mia"}""", parameters));
        Expect(code,
            $$$"""
            {"type":"template","template":{"name":"{{{name}}}","language":{"code":"{{{language}}}"},
             "components":[{"type":"body","parameters":[{{{values}}}]}]}}
            """);
    }

    [Theory]
    [InlineData("\"0\"", 256, 0)]
    [InlineData("9", 256, 0)]
    [InlineData("10", 256, 131009)]
    [InlineData("0", 257, 131009)]
    public void Template_buttons_have_an_index_and_a_payload(string index, int payload, int code) => Expect(code,
        $$$"""
        {"type":"template","template":{"name":"hello_world","language":{"code":"en_US"},"components":[
         {"type":"button","sub_type":"quick_reply","index":{{{index}}},
          "parameters":[{"type":"payload","payload":"{{{Long(payload)}}}"}]}]}}
        """);

    [Fact]
    public void Authentication_templates_need_a_phone_number() => Expect(131062,
        """
        {"to":null,"recipient":"US.1349","type":"template","template":{"name":"login_code",
         "language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"1"}]}]}}
        """);

    [Theory]
    [InlineData("""{"status":"read","message_id":"wamid.IN"}""", 0)]
    [InlineData("""{"status":"read","message_id":"wamid.IN","typing_indicator":{"type":"text"}}""", 0)]
    [InlineData("""{"status":"read","message_id":"wamid.IN","typing_indicator":{"type":"audio"}}""", 131009)]
    [InlineData("""{"status":"seen","message_id":"wamid.IN"}""", 131009)]
    [InlineData("""{"status":"read"}""", 131008)]
    public void Marks_as_read_name_their_message(string mark, int code) => Expect(code, mark);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    public void A_body_that_is_no_object_is_100(string body) =>
        Assert.Equal(100, new Bench(Quiet()).Code(Start, body));

    private static void Expect(int code, string send)
    {
        var fields = new Dictionary<string, JsonElement>
        {
            ["messaging_product"] = JsonSerializer.SerializeToElement("whatsapp"),
            ["to"] = JsonSerializer.SerializeToElement(Guest),
        };
        foreach (var property in JsonSerializer.Deserialize<JsonElement>(send).EnumerateObject())
        {
            fields[property.Name] = property.Value;
        }

        Assert.Equal(code, new Bench(Quiet()).Code(Start, JsonSerializer.Serialize(fields)));
    }

    private static string Long(int length) => new('x', length);

    private static string Buttons(string buttons) =>
        $$$"""
        {"type":"interactive","interactive":{"type":"button","body":{"text":"b"},
         "action":{"buttons":[{{{buttons}}}]} } }
        """;

    private static string List(string sections, string header = "") =>
        $$$"""
        {"type":"interactive","interactive":{"type":"list",{{{header}}}"body":{"text":"b"},
         "action":{"button":"Pick","sections":[{{{sections}}}]} } }
        """;
}
