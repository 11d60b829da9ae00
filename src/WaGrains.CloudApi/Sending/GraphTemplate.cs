using System.Globalization;
using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>Template messages as Meta wants them.</summary>
internal static class GraphTemplate
{
    public static bool Write(Utf8JsonWriter json, TemplateContent template) => json.Typed("template"u8, () =>
    {
        json.WriteString("name"u8, template.Name);
        json.WriteStartObject("language"u8);
        json.WriteString("code"u8, template.Language);
        json.WriteEndObject();
        json.WriteStartArray("components"u8);
        Component(json, "header"u8, template.HeaderParameters);
        Component(json, "body"u8, template.BodyParameters);
        foreach (var button in template.Buttons)
        {
            Button(json, button);
        }

        json.WriteEndArray();
    });

    private static void Component(Utf8JsonWriter json, ReadOnlySpan<byte> type, IReadOnlyList<TemplateParameter> values)
    {
        if (values.Count > 0)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            Parameters(json, values);
            json.WriteEndObject();
        }
    }

    private static void Button(Utf8JsonWriter json, TemplateButton button)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "button"u8);
        json.WriteString("sub_type"u8, GraphWords.Of(button.Kind));
        json.WriteString("index"u8, button.Index.ToString(CultureInfo.InvariantCulture));
        Parameters(json, button.Parameters);
        json.WriteEndObject();
    }

    private static void Parameters(Utf8JsonWriter json, IReadOnlyList<TemplateParameter> values)
    {
        json.WriteStartArray("parameters"u8);
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteText("parameter_name"u8, value.VariableName);
            value.Match(
                text => Line(json, "text"u8, text.Text),
                currency => Currency(json, currency),
                time => json.Typed("date_time"u8, () => json.WriteString("fallback_value"u8, time.FallbackText)),
                media => Media(json, media),
                place => json.Typed("location"u8, () => json.Place(place.Location)),
                payload => Line(json, "payload"u8, payload.Payload),
                coupon => Line(json, "coupon_code"u8, coupon.Code),
                action => Raw(json, "action"u8, action.Json));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool Line(Utf8JsonWriter json, ReadOnlySpan<byte> type, string text)
    {
        json.WriteString("type"u8, type);
        json.WriteString(type, text);
        return true;
    }

    private static bool Raw(Utf8JsonWriter json, ReadOnlySpan<byte> type, string raw)
    {
        json.WriteString("type"u8, type);
        json.WritePropertyName(type);
        json.WriteRawValue(raw);
        return true;
    }

    private static bool Currency(Utf8JsonWriter json, CurrencyParameter currency) => json.Typed("currency"u8, () =>
    {
        json.WriteString("fallback_value"u8, currency.FallbackText);
        json.WriteString("code"u8, currency.Currency);
        json.WriteNumber("amount_1000"u8, currency.AmountThousandths);
    });

    private static bool Media(Utf8JsonWriter json, MediaParameter media) =>
        json.Typed(GraphWords.Of(media.Kind), () =>
        {
            json.Source(media.Media);
            json.WriteText("filename"u8, media.Filename);
        });
}
