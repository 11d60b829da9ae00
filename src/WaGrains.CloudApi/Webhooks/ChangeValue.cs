using System.Text.Json;
using WaGrains.Domain.Contacts;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>
/// One <c>value</c> object. Its arrays are cut out first and read afterwards, because the order of keys is not fixed
/// and messages need the
/// contacts and the number beside them.
/// </summary>
internal readonly struct ChangeValue(string wabaId, string field, DateTimeOffset? at, ReadOnlyMemory<byte> value)
{
    private delegate WebhookItem ItemReader(ReadOnlyMemory<byte> item, ChangeScope scope);

    public void Read(List<WebhookItem> items)
    {
        var parts = Cut();
        var scope = new ChangeScope(wabaId, parts.PhoneNumberId, field, Contacts(parts.Contacts));
        var before = items.Count;
        if (field is "messages" or "smb_message_echoes" or "user_preferences" or "user_id_update")
        {
            Each(parts.Messages, scope, MessageReader.Inbound, items);
            Each(parts.Echoes, scope, MessageReader.Echo, items);
            Each(parts.Statuses, scope, StatusReader.Read, items);
            Each(parts.Preferences, scope, PersonEventReader.Preference, items);
            Each(parts.UserIds, scope, PersonEventReader.UserIdUpdate, items);
            Each(parts.Errors, scope, StatusReader.ValueError, items);
        }

        if (items.Count == before)
        {
            items.Add(AccountReader.Read(scope, at, value));
        }
    }

    private static void Each(
        ReadOnlyMemory<byte> array,
        ChangeScope scope,
        ItemReader read,
        List<WebhookItem> items)
    {
        if (array.IsEmpty)
        {
            return;
        }

        var json = new Utf8JsonReader(array.Span);
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            items.Add(scope.Raw("not_an_array", array));
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var item = json.Slice(array);
            items.Add(One(item, scope, read));
        }
    }

    private static WebhookItem One(ReadOnlyMemory<byte> item, ChangeScope scope, ItemReader read)
    {
        if (item.Span[0] != (byte)'{')
        {
            return scope.Raw("not_an_object", item);
        }

        try
        {
            return read(item, scope);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a property's name; only this item suffers.
            return scope.Raw("not_unicode", item);
        }
    }

    private static List<PersonNames> Contacts(ReadOnlyMemory<byte> contacts)
    {
        if (contacts.IsEmpty || contacts.Span[0] != (byte)'[')
        {
            return [];
        }

        var found = new List<PersonNames>(1);
        var json = new Utf8JsonReader(contacts.Span);
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                found.Add(PersonEventReader.Contact(ref json));
            }
            else
            {
                json.Skip();
            }
        }

        return found;
    }

    private ValueParts Cut()
    {
        var parts = default(ValueParts);
        var json = new Utf8JsonReader(value.Span);
        json.Enter();
        while (json.NextProperty())
        {
            if (json.ValueTextEquals("metadata"u8))
            {
                parts.PhoneNumberId = PhoneNumberId(ref json);
            }
            else if (json.ValueTextEquals("contacts"u8))
            {
                parts.Contacts = json.ReadSlice(value);
            }
            else if (json.ValueTextEquals("messages"u8))
            {
                parts.Messages = json.ReadSlice(value);
            }
            else if (json.ValueTextEquals("statuses"u8))
            {
                parts.Statuses = json.ReadSlice(value);
            }
            else
            {
                CutRare(ref json, ref parts);
            }
        }

        return parts;
    }

    private void CutRare(ref Utf8JsonReader json, ref ValueParts parts)
    {
        if (json.ValueTextEquals("errors"u8))
        {
            parts.Errors = json.ReadSlice(value);
        }
        else if (json.ValueTextEquals("message_echoes"u8))
        {
            parts.Echoes = json.ReadSlice(value);
        }
        else if (json.ValueTextEquals("user_preferences"u8))
        {
            parts.Preferences = json.ReadSlice(value);
        }
        else if (json.ValueTextEquals("user_id_update"u8))
        {
            parts.UserIds = json.ReadSlice(value);
        }
        else
        {
            json.PassOver();
        }
    }

    private static string? PhoneNumberId(ref Utf8JsonReader json)
    {
        string? id = null;
        if (!json.Enter())
        {
            return null;
        }

        while (json.NextProperty())
        {
            if (json.ValueTextEquals("phone_number_id"u8))
            {
                id = json.ReadText();
            }
            else
            {
                json.PassOver();
            }
        }

        return id;
    }

    private struct ValueParts
    {
        public string? PhoneNumberId;
        public ReadOnlyMemory<byte> Contacts;
        public ReadOnlyMemory<byte> Messages;
        public ReadOnlyMemory<byte> Echoes;
        public ReadOnlyMemory<byte> Statuses;
        public ReadOnlyMemory<byte> Preferences;
        public ReadOnlyMemory<byte> UserIds;
        public ReadOnlyMemory<byte> Errors;
    }
}
