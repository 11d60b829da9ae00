using System.Text;
using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Webhooks;

/// <summary>Many updates in one POST: one entry per run of a WABA, one change per run of a number and kind.</summary>
internal static class Envelope
{
    public static byte[] Write(IReadOnlyList<Update> updates) => MetaEscaping.Escape(JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "whatsapp_business_account");
        json.WriteStartArray("entry");
        for (var at = 0; at < updates.Count;)
        {
            at = Entry(json, updates, at);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    /// <summary>A webhook about the account instead of a conversation (facts 3.7).</summary>
    public static byte[] WriteField(string wabaId, DateTimeOffset now, string field, Action<Utf8JsonWriter> value) =>
        MetaEscaping.Escape(JsonBytes.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "whatsapp_business_account");
            json.WriteStartArray("entry");
            json.WriteStartObject();
            json.WriteString("id", wabaId);
            json.WriteNumber("time", now.ToUnixTimeSeconds());
            json.WriteStartArray("changes");
            json.WriteStartObject();
            json.WriteString("field", field);
            json.WriteStartObject("value");
            value(json);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }));

    private static int Entry(Utf8JsonWriter json, IReadOnlyList<Update> updates, int at)
    {
        var waba = updates[at].Number.WabaId;
        json.WriteStartObject();
        json.WriteString("id", waba);
        json.WriteStartArray("changes");
        while (at < updates.Count && updates[at].Number.WabaId == waba)
        {
            at = Change(json, updates, at);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return at;
    }

    private static int Change(Utf8JsonWriter json, IReadOnlyList<Update> updates, int at)
    {
        var first = updates[at];
        var end = at + 1;
        while (end < updates.Count && updates[end].Number == first.Number && updates[end].Kind == first.Kind)
        {
            end++;
        }

        json.WriteStartObject();
        json.WriteString("field", "messages");
        json.WriteStartObject("value");
        json.WriteString("messaging_product", "whatsapp");
        json.WriteStartObject("metadata");
        json.WriteString("display_phone_number", first.Number.Digits);
        json.WriteString("phone_number_id", first.Number.Id);
        json.WriteEndObject();
        Contacts(json, updates, at, end);
        json.WriteStartArray(first.Kind == UpdateKind.Message ? "messages" : "statuses");
        for (var i = at; i < end; i++)
        {
            json.WriteRawValue(updates[i].Json, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        return end;
    }

    private static void Contacts(Utf8JsonWriter json, IReadOnlyList<Update> updates, int at, int end)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        for (var i = at; i < end; i++)
        {
            if (updates[i].Contact is not { } contact || !written.Add(Encoding.UTF8.GetString(contact)))
            {
                continue;
            }

            if (written.Count == 1)
            {
                json.WriteStartArray("contacts");
            }

            json.WriteRawValue(contact, skipInputValidation: true);
        }

        if (written.Count > 0)
        {
            json.WriteEndArray();
        }
    }
}
