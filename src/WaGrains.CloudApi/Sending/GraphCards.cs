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
            Phones(json, card.Phones);
            Entries(json, "emails"u8, "email"u8, card.Emails);
            Entries(json, "urls"u8, "url"u8, card.Urls);
            Addresses(json, card.Addresses);
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

    private static void Phones(Utf8JsonWriter json, IReadOnlyList<CardPhone> phones)
    {
        if (phones.Count == 0)
        {
            return;
        }

        json.WriteStartArray("phones"u8);
        foreach (var phone in phones)
        {
            json.WriteStartObject();
            json.WriteString("phone"u8, phone.Phone);
            json.WriteText("type"u8, phone.Type);
            json.WriteText("wa_id"u8, phone.WaId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Entries(
        Utf8JsonWriter json,
        ReadOnlySpan<byte> list,
        ReadOnlySpan<byte> value,
        IReadOnlyList<CardEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        json.WriteStartArray(list);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString(value, entry.Value);
            json.WriteText("type"u8, entry.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Addresses(Utf8JsonWriter json, IReadOnlyList<CardAddress> addresses)
    {
        if (addresses.Count == 0)
        {
            return;
        }

        json.WriteStartArray("addresses"u8);
        foreach (var address in addresses)
        {
            json.WriteStartObject();
            json.WriteText("street"u8, address.Street);
            json.WriteText("city"u8, address.City);
            json.WriteText("state"u8, address.State);
            json.WriteText("zip"u8, address.Zip);
            json.WriteText("country"u8, address.Country);
            json.WriteText("country_code"u8, address.CountryCode);
            json.WriteText("type"u8, address.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
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
