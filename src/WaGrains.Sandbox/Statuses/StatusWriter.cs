using System.Globalization;
using System.Text.Json;
using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Statuses;

/// <summary>One item of `statuses[]` as a v25 webhook carries it (facts 3.6).</summary>
internal static class StatusWriter
{
    public static byte[] Write(SentMessage message, StatusStep step) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", message.Wamid);
        json.WriteString("status", Name(step.Kind));
        json.WriteString("timestamp", step.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        Recipient(json, message, step.Kind);
        if (message.CallbackText is { } text)
        {
            json.WriteString("biz_opaque_callback_data", text);
        }

        if (step.CarriesPricing)
        {
            Pricing(json, message);
        }

        if (step.Failure is { } fault)
        {
            Errors(json, fault);
        }

        json.WriteEndObject();
    });

    public static string Name(StatusKind kind) => kind switch
    {
        StatusKind.Sent => "sent",
        StatusKind.Delivered => "delivered",
        StatusKind.Read => "read",
        StatusKind.Played => "played",
        StatusKind.Failed => "failed",
    };

    private static void Recipient(Utf8JsonWriter json, SentMessage message, StatusKind kind)
    {
        if (message.Recipient.GroupId is { } group)
        {
            json.WriteString("recipient_id", group);
            json.WriteString("recipient_type", "group");
            return;
        }

        if (message.Recipient.WaId is { } waId)
        {
            json.WriteString("recipient_id", waId);
        }

        // A failed status of a message sent to a phone number does not name the user id.
        if (message.UserId is { } userId && (kind != StatusKind.Failed || message.Recipient.UserId is not null))
        {
            json.WriteString("recipient_user_id", userId);
        }
    }

    private static void Pricing(Utf8JsonWriter json, SentMessage message)
    {
        json.WriteStartObject("pricing");
        json.WriteBoolean("billable", message.IsBillable);
        json.WriteString("pricing_model", "PMP");
        json.WriteString("type", message.IsBillable ? "regular" : "free_customer_service");
        json.WriteString("category", message.Category);
        json.WriteEndObject();
    }

    private static void Errors(Utf8JsonWriter json, GraphFault fault)
    {
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteNumber("code", fault.Code);
        json.WriteString("title", GraphErrors.Title(fault.Code));
        json.WriteString("message", GraphErrors.Title(fault.Code));
        json.WriteStartObject("error_data");
        json.WriteString("details", fault.Details);
        json.WriteEndObject();
        json.WriteString("href", "/documentation/business-messaging/whatsapp/support/error-codes/");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}

/// <summary>One status of one message.</summary>
internal sealed record StatusStep(StatusKind Kind, DateTimeOffset At)
{
    /// <summary>When the app hears of it; <see cref="At"/> unless something goes wrong.</summary>
    public DateTimeOffset Arrives { get; set; } = At;

    public bool CarriesPricing { get; init; }

    public GraphFault? Failure { get; init; }
}
