using System.Text.Json;
using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox.Customers;

/// <summary>What an outbound message offers to tap.</summary>
internal static class ChoiceReader
{
    public static IReadOnlyList<Choice> Read(SendRequest request) => request.Type switch
    {
        "interactive" => Interactive(request.Content),
        "template" => QuickReplies(request.Content),
        _ => [],
    };

    private static IReadOnlyList<Choice> Interactive(JsonElement content)
    {
        var action = content.GetProperty("action");
        return Fields.Text(content, "type") switch
        {
            "button" => [.. action.GetProperty("buttons").EnumerateArray()
                .Select(each => Reply("button_reply", each.GetProperty("reply")))],
            "list" => [.. action.GetProperty("sections").EnumerateArray()
                .SelectMany(section => section.GetProperty("rows").EnumerateArray())
                .Select(row => Reply("list_reply", row))],
            _ => [],
        };
    }

    private static IReadOnlyList<Choice> QuickReplies(JsonElement content)
    {
        if (!Fields.Has(content, "components"))
        {
            return [];
        }

        return
        [
            .. content.GetProperty("components").EnumerateArray()
                .Where(each => Fields.Text(each, "sub_type") == "quick_reply" && Fields.Has(each, "parameters"))
                .SelectMany(each => each.GetProperty("parameters").EnumerateArray())
                .Select(each => Fields.Text(each, "payload"))
                .OfType<string>()
                .Select(payload => new Choice("button", payload, payload, null)),
        ];
    }

    private static Choice Reply(string type, JsonElement item) =>
        new(type, Fields.Text(item, "id")!, Fields.Text(item, "title")!, Fields.Text(item, "description"));
}
