using System.Text;
using System.Text.Json;
using static WaGrains.Sandbox.Tests.Bench;

namespace WaGrains.Sandbox.Tests;

/// <summary>Whatever is sent, the answer is Graph's; an exception would look like a broken Meta.</summary>
public class BrokenBodyTests
{
    private static readonly string[] Values =
        ["null", "5", "\"x\"", "[]", "{}", "[1]", "[null]", "true", "\"\\u00e9\"", "{\"type\":5}", "{\"text\":[]}"];

    private static readonly string[] Sends =
    [
        """{"type":"text","text":{"body":"hi","preview_url":false},"context":{"message_id":"w"}}""",
        """{"type":"image","image":{"link":"https://a.example.test","caption":"c"}}""",
        """{"type":"location","location":{"latitude":1,"longitude":2,"name":"n"}}""",
        """{"type":"contacts","contacts":[{"name":{"formatted_name":"Mia"}}]}""",
        """{"type":"reaction","reaction":{"message_id":"w","emoji":"👍"}}""",
        """
        {"type":"interactive","interactive":{"type":"button","header":{"type":"image","image":{"id":"1"}},
         "body":{"text":"b"},"footer":{"text":"f"},
         "action":{"buttons":[{"type":"reply","reply":{"id":"i","title":"t"}}]}}}
        """,
        """
        {"type":"interactive","interactive":{"type":"list","body":{"text":"b"},"action":{"button":"p",
         "sections":[{"title":"s","rows":[{"id":"i","title":"t","description":"d"}]}]}}}
        """,
        """
        {"type":"interactive","interactive":{"type":"flow","body":{"text":"b"},"action":{"name":"flow",
         "parameters":{"flow_message_version":"3","flow_id":"9","flow_cta":"Book","mode":"draft"}}}}
        """,
        """
        {"type":"template","template":{"name":"order_ready","language":{"code":"en_US"},"components":[
         {"type":"header","parameters":[{"type":"image","image":{"id":"1"}}]},
         {"type":"body","parameters":[{"type":"text","text":"Mia"}]},
         {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"p"}]}]}}
        """,
        """{"status":"read","message_id":"w","typing_indicator":{"type":"text"}}""",
    ];

    [Theory]
    [InlineData("""{"messaging_product":"whatsapp","to":"+5511988887777","text":{"body":"\ud83d"}}""")]
    [InlineData("""{"messaging_product":"whatsapp","\ud83d":1}""")]
    public void Half_a_surrogate_pair_is_100(string body) => Assert.Equal(100, new Bench(Quiet()).Code(Start, body));

    [Fact]
    public void Bytes_that_are_not_utf8_are_100()
    {
        byte[] body = [.. "{\"messaging_product\":\"whatsapp\",\"to\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.Equal(100, CodeOf(new Bench(Quiet()).Core.Post(Start, Number, Token, body)));
    }

    [Fact]
    public void Every_part_replaced_by_something_else_still_gets_an_answer()
    {
        var answers = 0;
        foreach (var send in Sends)
        {
            var whole = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(
                JsonSerializer.Deserialize<JsonElement>(send)));
            var body = $"{whole[..^1]},\"messaging_product\":\"whatsapp\",\"to\":\"{Guest}\"}}";
            Assert.True(new Bench(Quiet()).Code(Start, body) == 0, body);
            foreach (var mutant in Mutants(JsonSerializer.Deserialize<JsonElement>(body)))
            {
                var code = new Bench(Quiet()).Code(Start, mutant);
                Assert.True(code is 0 or 100 or 131008 or 131009 or 132000 or 132001, $"{code} for {mutant}");
                answers++;
            }
        }

        Assert.True(answers > 500, $"only {answers} mutants");
    }

    /// <summary>The element with one of its parts, at any depth, left out or replaced.</summary>
    private static IEnumerable<string> Mutants(JsonElement element)
    {
        foreach (var value in Values)
        {
            yield return value;
        }

        if (element.ValueKind == JsonValueKind.Object)
        {
            var parts = element.EnumerateObject().ToList();
            foreach (var part in parts)
            {
                var others = parts.Where(each => each.Name != part.Name).Select(each => each.ToString()).ToList();
                yield return $"{{{string.Join(',', others)}}}";
                foreach (var mutant in Mutants(part.Value))
                {
                    yield return $"{{{string.Join(',', others.Append($"\"{part.Name}\":{mutant}"))}}}";
                }
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var mutant in element.EnumerateArray().SelectMany(Mutants))
            {
                yield return $"[{mutant}]";
            }
        }
    }
}
