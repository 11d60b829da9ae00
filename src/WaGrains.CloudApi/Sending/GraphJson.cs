using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>The shapes that return in many places of Meta's send payloads.</summary>
internal static class GraphJson
{
    /// <summary><c>"type":"x","x":{...}</c>; true, so that it can stand in a <c>Match</c>.</summary>
    public static bool Typed(this Utf8JsonWriter json, ReadOnlySpan<byte> type, Action inside)
    {
        json.WriteString("type"u8, type);
        json.WriteStartObject(type);
        inside();
        json.WriteEndObject();
        return true;
    }

    /// <summary>The property, unless there is nothing to write.</summary>
    public static void WriteText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    public static void Source(this Utf8JsonWriter json, MediaRef media)
    {
        json.WriteText("id"u8, media.Id);
        json.WriteText("link"u8, media.Link);
    }

    public static void Place(this Utf8JsonWriter json, LocationContent place)
    {
        json.WriteNumber("latitude"u8, place.Latitude);
        json.WriteNumber("longitude"u8, place.Longitude);
        json.WriteText("name"u8, place.Name);
        json.WriteText("address"u8, place.Address);
    }
}
