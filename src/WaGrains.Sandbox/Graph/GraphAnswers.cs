using System.Text.Json;
using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox.Graph;

/// <summary>Bodies of Graph answers. Shapes: facts 1.5 to 1.7 of the Cloud API reference.</summary>
internal static class GraphAnswers
{
    public static GraphResponse Success { get; } = new(200, "{\"success\":true}"u8.ToArray());

    public static GraphResponse Refused(GraphFault fault, string trace) =>
        new(GraphErrors.HttpStatus(fault.Code), JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("message", Message(fault));
            json.WriteString("type", fault.Subcode == 33 ? "GraphMethodException" : "OAuthException");
            json.WriteNumber("code", fault.Code);
            if (fault.Subcode != 0)
            {
                json.WriteNumber("error_subcode", fault.Subcode);
            }
            else
            {
                json.WriteStartObject("error_data");
                json.WriteString("messaging_product", "whatsapp");
                json.WriteString("details", fault.Details);
                json.WriteEndObject();
            }

            json.WriteString("fbtrace_id", trace);
            json.WriteEndObject();
            json.WriteEndObject();
        }));

    public static GraphResponse Accepted(SendRequest request, string wamid) =>
        new(200, JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("messaging_product", "whatsapp");
            json.WriteStartArray("contacts");
            json.WriteStartObject();
            json.WriteString("input", request.Recipient.Input);
            WriteRecipient(json, request.Recipient);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("messages");
            json.WriteStartObject();
            json.WriteString("id", wamid);
            if (request.Recipient.GroupId is { } group)
            {
                json.WriteString("group_id", group);
            }

            if (request.Template is not null)
            {
                json.WriteString("message_status", "accepted");
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }));

    private static void WriteRecipient(Utf8JsonWriter json, Recipient recipient)
    {
        if (recipient.WaId is { } waId)
        {
            json.WriteString("wa_id", waId);
        }
        else if (recipient.UserId is { } userId)
        {
            json.WriteString("user_id", userId);
        }
    }

    private static string Message(GraphFault fault) =>
        fault.Subcode == 33 ? fault.Details : $"(#{fault.Code}) {GraphErrors.Title(fault.Code)}";
}
