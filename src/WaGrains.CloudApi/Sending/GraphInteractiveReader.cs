using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>Reads interactive messages from a send request.</summary>
internal static class GraphInteractiveReader
{
    private const string FlowMessageVersion = "3";

    public static InteractiveContent? Read(GraphPart interactive)
    {
        var header = interactive.OptionalPart("header") is { } above ? Header(above) : null;
        var body = interactive.Part("body")?.Text("text") ?? string.Empty;
        var footer = interactive.OptionalPart("footer")?.Text("text");
        return Action(interactive) is { } action ? new InteractiveContent(header, body, footer, action) : null;
    }

    private static InteractiveHeader? Header(GraphPart header)
    {
        var type = header.Word("type");
        if (type == "text")
        {
            return new TextHeader(header.Text("text"));
        }

        if (GraphWords.Media(type) is not { } kind)
        {
            if (type is not null)
            {
                header.Mistake("type", "unknown", "A header is text, image, video or document.");
            }

            return null;
        }

        return header.Part(type!) is { } media
            ? new MediaHeader(kind, GraphContent.Source(media), media.OptionalText("filename"))
            : null;
    }

    private static InteractiveAction? Action(GraphPart interactive)
    {
        var type = interactive.Word("type");
        var action = interactive.Part("action");
        switch (type)
        {
            case "button":
                return action is null ? null : Buttons(action);
            case "list":
                return action is null ? null : List(action);
            case "cta_url":
                return action?.Part("parameters") is { } link
                    ? new UrlAction(link.Text("display_text"), link.Text("url"))
                    : null;
            case "flow":
                return action?.Part("parameters") is { } flow ? Flow(flow) : null;
            case "location_request_message":
                return new LocationRequestAction();
            case "request_contact_info" or "contact_request":
                // Renamed by Meta between 7 and 28 May 2026 (changelog 402); clients of both spellings exist.
                return new ContactRequestAction();
            default:
                if (type is not null)
                {
                    interactive.Mistake("type", "unknown", "No such interactive type.");
                }

                return null;
        }
    }

    private static ButtonsAction Buttons(GraphPart action)
    {
        var buttons = new List<ReplyButton>();
        foreach (var button in action.Parts("buttons"))
        {
            if (button.Part("reply") is { } reply)
            {
                buttons.Add(new ReplyButton(reply.Text("id"), reply.Text("title")));
            }
        }

        return new ButtonsAction(buttons);
    }

    private static ListAction List(GraphPart action) => new(
        action.Text("button"),
        [.. action.Parts("sections").Select(section => new ListSection(
            section.OptionalText("title"),
            [.. section.Parts("rows").Select(row =>
                new ListRow(row.Text("id"), row.Text("title"), row.OptionalText("description")))]))]);

    private static FlowAction Flow(GraphPart flow) => new(
        flow.OptionalText("flow_id"),
        flow.OptionalText("flow_name"),
        flow.Text("flow_cta"),
        flow.OptionalText("flow_token"),
        Choice(flow, "mode", "published", "draft"),
        new FlowStart(
            flow.OptionalText("flow_message_version") ?? FlowMessageVersion,
            Choice(flow, "flow_action", "navigate", "data_exchange"),
            flow.RawObject("flow_action_payload")));

    /// <summary>Whether the second of two words is given; absent means the first.</summary>
    private static bool Choice(GraphPart part, string name, string first, string second)
    {
        var word = part.OptionalText(name);
        if (word is not null && word != first && word != second)
        {
            part.Mistake(name, "unknown", $"Either {first} or {second}.");
        }

        return word == second;
    }
}
