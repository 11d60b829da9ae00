using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>Interactive messages as Meta wants them.</summary>
internal static class GraphInteractive
{
    public static bool Write(Utf8JsonWriter json, InteractiveContent content)
    {
        json.WriteString("type"u8, "interactive"u8);
        json.WriteStartObject("interactive"u8);
        json.WriteString("type"u8, content.Action.Match(
            _ => "button",
            _ => "list",
            _ => "cta_url",
            _ => "flow",
            _ => "location_request_message",
            _ => "request_contact_info"));
        Header(json, content.Header);
        Text(json, "body"u8, content.Body);
        Text(json, "footer"u8, content.Footer);
        json.WriteStartObject("action"u8);
        content.Action.Match(
            buttons => Buttons(json, buttons),
            list => List(json, list),
            url => Url(json, url),
            flow => Flow(json, flow),
            _ => Named(json, "send_location"u8),
            _ => Named(json, "request_contact_info"u8));
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    private static void Header(Utf8JsonWriter json, InteractiveHeader? header)
    {
        if (header is null)
        {
            return;
        }

        json.WriteStartObject("header"u8);
        if (header is TextHeader text)
        {
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, text.Text);
        }

        if (header is MediaHeader media)
        {
            json.Typed(GraphWords.Of(media.Kind), () =>
            {
                json.Source(media.Media);
                json.WriteText("filename"u8, media.Filename);
            });
        }

        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteStartObject(name);
            json.WriteString("text"u8, text);
            json.WriteEndObject();
        }
    }

    private static bool Named(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteString("name"u8, name);
        return true;
    }

    private static bool Buttons(Utf8JsonWriter json, ButtonsAction action)
    {
        json.WriteStartArray("buttons"u8);
        foreach (var button in action.Buttons)
        {
            json.WriteStartObject();
            json.Typed("reply"u8, () =>
            {
                json.WriteString("id"u8, button.Id);
                json.WriteString("title"u8, button.Title);
            });
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return true;
    }

    private static bool List(Utf8JsonWriter json, ListAction action)
    {
        json.WriteString("button"u8, action.Button);
        json.WriteStartArray("sections"u8);
        foreach (var section in action.Sections)
        {
            json.WriteStartObject();
            json.WriteText("title"u8, section.Title);
            json.WriteStartArray("rows"u8);
            foreach (var row in section.Rows)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, row.Id);
                json.WriteString("title"u8, row.Title);
                json.WriteText("description"u8, row.Description);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return true;
    }

    private static bool Url(Utf8JsonWriter json, UrlAction action)
    {
        Named(json, "cta_url"u8);
        json.WriteStartObject("parameters"u8);
        json.WriteString("display_text"u8, action.DisplayText);
        json.WriteString("url"u8, action.Url);
        json.WriteEndObject();
        return true;
    }

    private static bool Flow(Utf8JsonWriter json, FlowAction action)
    {
        Named(json, "flow"u8);
        json.WriteStartObject("parameters"u8);
        json.WriteString("flow_message_version"u8, action.Start.MessageVersion);
        json.WriteText("flow_id"u8, action.FlowId);
        json.WriteText("flow_name"u8, action.FlowName);
        json.WriteString("flow_cta"u8, action.Cta);
        json.WriteText("flow_token"u8, action.Token);
        json.WriteString("mode"u8, action.IsDraft ? "draft"u8 : "published"u8);
        json.WriteString("flow_action"u8, action.Start.AsksEndpoint ? "data_exchange"u8 : "navigate"u8);
        if (action.Start.PayloadJson is { } payload)
        {
            json.WritePropertyName("flow_action_payload"u8);
            json.WriteRawValue(payload);
        }

        json.WriteEndObject();
        return true;
    }
}
