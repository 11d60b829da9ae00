using System.Text.Json;
using WaGrains.Domain.Contacts;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>Reads who people are, and events about them that are no messages.</summary>
internal static class PersonEventReader
{
    /// <summary>One element of <c>contacts</c>; the reader stands on its opening brace.</summary>
    public static PersonNames Contact(ref Utf8JsonReader json)
    {
        string? phone = null, userId = null, username = null, name = null;
        while (json.NextProperty())
        {
            if (json.ValueTextEquals("wa_id"u8))
            {
                phone = json.ReadText();
            }
            else if (json.ValueTextEquals("user_id"u8))
            {
                userId = json.ReadText();
            }
            else if (json.ValueTextEquals("profile"u8))
            {
                Profile(ref json, ref name, ref username);
            }
            else
            {
                json.PassOver();
            }
        }

        return new PersonNames(phone, userId, username, name);
    }

    public static WebhookItem Preference(ReadOnlyMemory<byte> item, ChangeScope scope)
    {
        string? phone = null, userId = null, category = null, value = null;
        long? time = null;
        var json = new Utf8JsonReader(item.Span);
        json.Enter();
        while (json.NextProperty())
        {
            if (json.ValueTextEquals("wa_id"u8))
            {
                phone = json.ReadText();
            }
            else if (json.ValueTextEquals("user_id"u8))
            {
                userId = json.ReadText();
            }
            else if (json.ValueTextEquals("category"u8))
            {
                category = json.ReadText();
            }
            else if (json.ValueTextEquals("value"u8))
            {
                value = json.ReadText();
            }
            else if (json.ValueTextEquals("timestamp"u8))
            {
                time = json.ReadWhole();
            }
            else
            {
                json.PassOver();
            }
        }

        var person = scope.Person(phone, userId);
        if (time is not { } at || (person.Phone is null && person.UserId is null))
        {
            return scope.Raw(time is null ? "time_missing" : "person_missing", item);
        }

        var choice = value switch
        {
            "stop" => PreferenceChoice.Stop,
            "resume" => PreferenceChoice.Resume,
            _ => PreferenceChoice.Other,
        };
        return new PreferenceItem(
            scope.WabaId, scope.PhoneNumberId, person, choice, category, WebhookTime.FromUnix(at).At, item);
    }

    public static WebhookItem UserIdUpdate(ReadOnlyMemory<byte> item, ChangeScope scope)
    {
        string? phone = null, previous = null, current = null;
        long? time = null;
        var json = new Utf8JsonReader(item.Span);
        json.Enter();
        while (json.NextProperty())
        {
            if (json.ValueTextEquals("wa_id"u8))
            {
                phone = json.ReadText();
            }
            else if (json.ValueTextEquals("user_id"u8))
            {
                FromTo(ref json, ref previous, ref current);
            }
            else if (json.ValueTextEquals("timestamp"u8))
            {
                time = json.ReadWhole();
            }
            else
            {
                json.PassOver();
            }
        }

        if (time is not { } at || current is null || (previous is null && phone is null))
        {
            return scope.Raw(time is null ? "time_missing" : "person_missing", item);
        }

        return new IdentityItem(
            scope.WabaId,
            scope.PhoneNumberId,
            new PersonNames(phone, previous, null, null),
            scope.Person(phone, current),
            WebhookTime.FromUnix(at).At,
            null);
    }

    private static void Profile(ref Utf8JsonReader json, ref string? name, ref string? username)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.ValueTextEquals("name"u8))
            {
                name = json.ReadText();
            }
            else if (json.ValueTextEquals("username"u8))
            {
                username = json.ReadText()?.TrimStart('@');
            }
            else
            {
                json.PassOver();
            }
        }
    }

    private static void FromTo(ref Utf8JsonReader json, ref string? previous, ref string? current)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.ValueTextEquals("previous"u8))
            {
                previous = json.ReadText();
            }
            else if (json.ValueTextEquals("current"u8))
            {
                current = json.ReadText();
            }
            else
            {
                json.PassOver();
            }
        }
    }
}
