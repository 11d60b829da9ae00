using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>Address cards as Meta wants them.</summary>
internal static class GraphCards
{
    public static bool Write(Utf8JsonWriter json, ContactsContent contacts)
    {
        json.WriteString("type"u8, "contacts"u8);
        json.WriteStartArray("contacts"u8);
        foreach (var card in contacts.Cards)
        {
            json.WriteStartObject();
            Name(json, card.Name);
            List(json, "phones"u8, card.Phones, Phone);
            List(json, "emails"u8, card.Emails, static (json, mail) => Entry(json, "email"u8, mail));
            List(json, "urls"u8, card.Urls, static (json, url) => Entry(json, "url"u8, url));
            List(json, "addresses"u8, card.Addresses, Address);
            Organisation(json, card.Organisation);
            json.WriteText("birthday"u8, card.Birthday);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return true;
    }

    private static void Name(Utf8JsonWriter json, CardName name)
    {
        json.WriteStartObject("name"u8);
        json.WriteString("formatted_name"u8, name.Formatted);
        json.WriteText("first_name"u8, name.First);
        json.WriteText("last_name"u8, name.Last);
        json.WriteText("middle_name"u8, name.Middle);
        json.WriteText("prefix"u8, name.Prefix);
        json.WriteText("suffix"u8, name.Suffix);
        json.WriteEndObject();
    }

    private static void List<T>(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Phone(Utf8JsonWriter json, CardPhone phone)
    {
        json.WriteString("phone"u8, phone.Phone);
        json.WriteText("type"u8, phone.Type);
        json.WriteText("wa_id"u8, phone.WaId);
    }

    private static void Entry(Utf8JsonWriter json, ReadOnlySpan<byte> value, CardEntry entry)
    {
        json.WriteString(value, entry.Value);
        json.WriteText("type"u8, entry.Type);
    }

    private static void Address(Utf8JsonWriter json, CardAddress address)
    {
        json.WriteText("street"u8, address.Street);
        json.WriteText("city"u8, address.City);
        json.WriteText("state"u8, address.State);
        json.WriteText("zip"u8, address.Zip);
        json.WriteText("country"u8, address.Country);
        json.WriteText("country_code"u8, address.CountryCode);
        json.WriteText("type"u8, address.Type);
    }

    private static void Organisation(Utf8JsonWriter json, CardOrganisation? organisation)
    {
        if (organisation is null)
        {
            return;
        }

        json.WriteStartObject("org"u8);
        json.WriteText("company"u8, organisation.Company);
        json.WriteText("department"u8, organisation.Department);
        json.WriteText("title"u8, organisation.Title);
        json.WriteEndObject();
    }
}
