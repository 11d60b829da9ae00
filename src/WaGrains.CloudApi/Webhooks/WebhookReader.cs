using System.Text.Json;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>
/// Reads the body of a webhook POST whose signature has been checked. Tolerant: unknown fields pass, unknown types are
/// kept raw, an item that
/// makes no sense costs only itself. Payloads are slices of the body, so the body must stay as it is for as long as the
/// items live.
/// </summary>
public static class WebhookReader
{
    private const string WhatsAppObject = "whatsapp_business_account";

    /// <summary>Everything in the body, over all entries, changes and items. Never throws.</summary>
    public static WebhookBatch Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body.Span);
            if (!json.Enter())
            {
                return WebhookBatch.Malformed("not_an_object");
            }

            string? about = null;
            ReadOnlyMemory<byte> entries = default;
            while (json.NextProperty())
            {
                if (json.ValueTextEquals("entry"u8))
                {
                    entries = json.ReadSlice(body);
                }
                else if (json.ValueTextEquals("object"u8))
                {
                    about = json.ReadText();
                }
                else
                {
                    json.PassOver();
                }
            }

            // To the end: what follows the object would make the body no JSON.
            while (json.Read())
            {
            }

            return new WebhookBatch(Entries(body, entries, about), null);
        }
        catch (JsonException)
        {
            return WebhookBatch.Malformed("not_json");
        }
        catch (InvalidOperationException)
        {
            // A property's name with half a surrogate pair: not even the names can be compared.
            return WebhookBatch.Malformed("not_unicode");
        }
    }

    private static List<WebhookItem> Entries(ReadOnlyMemory<byte> body, ReadOnlyMemory<byte> entries, string? about)
    {
        var items = new List<WebhookItem>();
        if (about is not null && about != WhatsAppObject)
        {
            items.Add(new RawItem(string.Empty, null, string.Empty, "object_unknown", body));
            return items;
        }

        var json = new Utf8JsonReader(entries.Span);
        if (entries.IsEmpty || !json.Read() || json.TokenType != JsonTokenType.StartArray)
        {
            items.Add(new RawItem(string.Empty, null, string.Empty, "entry_missing", body));
            return items;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Entry(json.Slice(entries), items);
        }

        return items;
    }

    private static void Entry(ReadOnlyMemory<byte> entry, List<WebhookItem> items)
    {
        var json = new Utf8JsonReader(entry.Span);
        if (!json.Enter())
        {
            items.Add(new RawItem(string.Empty, null, string.Empty, "entry_not_an_object", entry));
            return;
        }

        var wabaId = string.Empty;
        long? time = null;
        ReadOnlyMemory<byte> changes = default;
        while (json.NextProperty())
        {
            if (json.ValueTextEquals("id"u8))
            {
                wabaId = json.ReadText() ?? string.Empty;
            }
            else if (json.ValueTextEquals("changes"u8))
            {
                changes = json.ReadSlice(entry);
            }
            else if (json.ValueTextEquals("time"u8))
            {
                time = json.ReadWhole();
            }
            else
            {
                json.PassOver();
            }
        }

        var list = new Utf8JsonReader(changes.Span);
        if (changes.IsEmpty || !list.Read() || list.TokenType != JsonTokenType.StartArray)
        {
            items.Add(new RawItem(wabaId, null, string.Empty, "changes_missing", entry));
            return;
        }

        var at = time is { } seconds ? WebhookTime.FromUnix(seconds).At : (DateTimeOffset?)null;
        while (list.Read() && list.TokenType != JsonTokenType.EndArray)
        {
            Change(list.Slice(changes), wabaId, at, items);
        }
    }

    private static void Change(ReadOnlyMemory<byte> change, string wabaId, DateTimeOffset? at, List<WebhookItem> items)
    {
        var json = new Utf8JsonReader(change.Span);
        if (!json.Enter())
        {
            items.Add(new RawItem(wabaId, null, string.Empty, "change_not_an_object", change));
            return;
        }

        var field = string.Empty;
        ReadOnlyMemory<byte> value = default;
        while (json.NextProperty())
        {
            if (json.ValueTextEquals("field"u8))
            {
                field = ReadField(ref json);
            }
            else if (json.ValueTextEquals("value"u8))
            {
                value = json.ReadSlice(change);
            }
            else
            {
                json.PassOver();
            }
        }

        if (value.IsEmpty || value.Span[0] != (byte)'{')
        {
            items.Add(new RawItem(wabaId, null, field, "value_missing", change));
            return;
        }

        new ChangeValue(wabaId, field, at, value).Read(items);
    }

    /// <summary>Nearly every webhook is about messages; that word is not made anew each time.</summary>
    private static string ReadField(ref Utf8JsonReader json)
    {
        var next = json;
        next.Read();
        if (next.TokenType == JsonTokenType.String && next.ValueTextEquals("messages"u8))
        {
            json.Read();
            return "messages";
        }

        return json.ReadText() ?? string.Empty;
    }
}
