using System.Text.Json;
using System.Text.Json.Nodes;
using WaGrains.CloudApi.Sending;
using WaGrains.CloudApi.Tests.Messaging;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Tests.Sending;

public sealed class GraphContentTests
{
    [Theory]
    [InlineData("""[]""", " wrong_type")]
    [InlineData("""{}""", "type missing")]
    [InlineData("""{"type":7}""", "type wrong_type")]
    [InlineData("""{"type":"fax","fax":{}}""", "type unknown")]
    [InlineData("""{"type":""}""", "type missing")]
    [InlineData("""{"type":"text"}""", "text missing")]
    [InlineData("""{"type":"text","text":"hi"}""", "text wrong_type")]
    [InlineData("""{"type":"text","text":{}}""", "text.body missing")]
    [InlineData("""{"type":"text","text":{"body":5}}""", "text.body wrong_type")]
    [InlineData("""{"type":"text","text":{"body":"\ud83d"}}""", "text.body invalid")]
    [InlineData("""{"type":"text","text":{"body":"a","preview_url":"yes"}}""", "text.preview_url wrong_type")]
    [InlineData("""{"type":"image","image":{}}""", "image missing")]
    [InlineData("""{"type":"image"}""", "image missing")]
    [InlineData(
        """
        {"type":"location","location":{"latitude":"north"}}
        """,
        "location.latitude wrong_type;location.longitude missing")]
    [InlineData("""{"type":"contacts","contacts":{}}""", "contacts wrong_type")]
    [InlineData(
        """
        {"type":"contacts","contacts":[1,{"name":{}}]}
        """,
        "contacts[0] wrong_type;contacts[1].name.formatted_name missing")]
    [InlineData("""{"type":"reaction","reaction":{"emoji":"x"}}""", "reaction.message_id missing")]
    [InlineData(
        """
        {"type":"interactive","interactive":{"type":"poll"}}
        """,
        "interactive.body missing;interactive.action missing;interactive.type unknown")]
    [InlineData(
        """
        {"type":"interactive","interactive":{"type":"button","body":{"text":"b"},
        "action":{"buttons":[{"reply":{"id":"1"}},{"x":1}]}}}
        """,
        "interactive.action.buttons[0].reply.title missing;interactive.action.buttons[1].reply missing")]
    [InlineData(
        """
        {"type":"interactive","interactive":{"type":"list","body":{"text":"b"},
        "action":{"button":"t","sections":[{"rows":[{"title":"x"}]}]}}}
        """,
        "interactive.action.sections[0].rows[0].id missing")]
    [InlineData(
        """
        {"type":"interactive","interactive":{"type":"flow","body":{"text":"b"},
        "action":{"parameters":{"flow_id":"1","flow_cta":"c","mode":"live"}}}}
        """,
        "interactive.action.parameters.mode unknown")]
    [InlineData(
        """
        {"type":"interactive","interactive":{"type":"button","header":{"type":"hologram"},
        "body":{"text":"b"},"action":{"buttons":[{"reply":{"id":"1","title":"t"}}]}}}
        """,
        "interactive.header.type unknown")]
    [InlineData("""{"type":"template","template":{"name":"t"}}""", "template.language missing")]
    [InlineData(
        """
        {"type":"template","template":{"name":"t","language":{"code":"en"},"category":"spam",
        "components":[{"type":"carousel"},{"type":"body","parameters":[{"type":"text"},
        {"type":"smell"}]}]}}
        """,
        "template.category unknown;template.components[0].type unknown;"
        + "template.components[1].parameters[0].text missing;"
        + "template.components[1].parameters[1].type unknown")]
    [InlineData(
        """
        {"type":"template","template":{"name":"t","language":{"code":"en"},
        "components":[{"type":"button","sub_type":"url","index":"one"},{"type":"button",
        "sub_type":"lever"}]}}
        """,
        "template.components[0].index wrong_type;template.components[1].sub_type unknown")]
    public void Every_mistake_is_told_with_its_path(string request, string told)
    {
        var reading = Read(request);
        Assert.Null(reading.Content);
        Assert.Equal(told, string.Join(';', reading.Mistakes.Select(mistake => $"{mistake.Param} {mistake.Code}")));
    }

    [Fact]
    public void Rules_of_the_content_are_told_as_well()
    {
        var reading = Read($$$"""{"type":"text","text":{"body":"{{{new string('x', 4097)}}}"}}""");
        Assert.Null(reading.Content);
        Assert.Equal("text.body too_long", $"{reading.Mistakes[0].Param} {reading.Mistakes[0].Code}");
    }

    [Theory]
    [InlineData("""{"\ud800":1,"type":"text","text":{"body":"hi"}}""")]
    [InlineData("""{"type":"text","text":{"\ud800x":1,"body":"hi"}}""")]
    [InlineData("""{"type":"text","text":{"body":"hi"},"\udc00\udc00":{}}""")]
    public void Half_a_surrogate_pair_in_an_unknown_name_is_passed_over(string request) =>
        Assert.Equal(new TextContent("hi", false), Read(request).Content);

    [Fact]
    public void Message_without_type_is_text() =>
        Assert.Equal(new TextContent("hi", false), Read("""{"to":"+49","text":{"body":"hi"}}""").Content);

    [Theory]
    [InlineData("request_contact_info")]
    [InlineData("contact_request")]
    public void Both_names_of_the_contact_request_are_read(string type) =>
        Assert.IsType<ContactRequestAction>(Assert.IsType<InteractiveContent>(Read(
            $$$"""
            {"type":"interactive","interactive":{"action":{},"body":{"text":"b"},"type":"{{{type}}}"} }
            """).Content).Action);

    [Fact]
    public void Category_and_number_as_index_are_read()
    {
        var content = Assert.IsType<TemplateContent>(Read(
            """
            {"type":"template","template":{"name":"t","language":{"code":"en","policy":"deterministic"},
            "category":"MARKETING","components":[{"type":"BUTTON","sub_type":"QUICK_REPLY","index":1,
            "parameters":[{"type":"payload","payload":"p"}]}]}}
            """).Content);
        Assert.Equal(TemplateCategory.Marketing, content.Category);
        Assert.Equal(
            new TemplateButton(TemplateButtonKind.QuickReply, 1, [new PayloadParameter("p")]), content.Buttons[0]);
    }

    [Fact]
    public void Mutated_requests_never_throw()
    {
        string[] values = ["null", "7", "{}", "[]", "true", "\"\"", "\"x\"", "[{}]", "[null]", "1e400", "-1.5"];
        foreach (var (name, _) in Contents.All())
        {
            for (var seed = 0; seed < 300; seed++)
            {
                var chance = new Random(seed);
                var node = Golden(name);
                Replace(node, chance, values);
                var failure = Record.Exception(() => Read(node.ToJsonString()));
                Assert.True(failure is null, $"payload={name} seed={seed} {failure}");
            }
        }
    }

    private static JsonNode Golden(string name)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        GraphPayload.Write(buffer, new Recipient("49", null), Contents.All()[name], null, null);
        return JsonNode.Parse(buffer.WrittenSpan)!;
    }

    /// <summary>Walks down at random and puts another value in.</summary>
    private static void Replace(JsonNode node, Random chance, string[] values)
    {
        while (true)
        {
            var next = node switch
            {
                JsonObject { Count: > 0 } parts => parts.ElementAt(chance.Next(parts.Count)).Value,
                JsonArray { Count: > 0 } items => items[chance.Next(items.Count)],
                _ => null,
            };
            if (next is null or JsonValue || chance.Next(4) == 0)
            {
                (next ?? node).ReplaceWith(JsonNode.Parse(values[chance.Next(values.Length)]));
                return;
            }

            node = next;
        }
    }

    private static GraphContentReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return GraphContent.Read(document.RootElement.Clone());
    }
}
