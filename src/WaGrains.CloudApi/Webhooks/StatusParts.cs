using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>What one pass over a status object finds; the order of its keys does not matter.</summary>
internal struct StatusParts
{
    public string? Id;
    public MessageStatus? Status;
    public long? Time;
    public string? CallbackText;
    public string? RecipientId;
    public string? RecipientUserId;
    public string? Participant;
    public string? ParticipantUserId;
    public string? PricingCategory;
    public string? PricingType;
    public SendError? Failure;
    public bool IsGroup;

    public static StatusParts Read(ReadOnlyMemory<byte> item)
    {
        var parts = default(StatusParts);
        var json = new Utf8JsonReader(item.Span);
        json.Enter();
        while (json.NextProperty())
        {
            if (!parts.Usual(ref json) && !parts.Rare(ref json))
            {
                json.PassOver();
            }
        }

        return parts;
    }

    private bool Usual(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("id"u8))
        {
            Id = json.ReadText();
        }
        else if (json.ValueTextEquals("status"u8))
        {
            Status = Word(ref json);
        }
        else if (json.ValueTextEquals("timestamp"u8))
        {
            Time = json.ReadWhole();
        }
        else if (json.ValueTextEquals("recipient_id"u8))
        {
            RecipientId = json.ReadText();
        }
        else if (json.ValueTextEquals("recipient_user_id"u8))
        {
            RecipientUserId = json.ReadText();
        }
        else if (json.ValueTextEquals("biz_opaque_callback_data"u8))
        {
            CallbackText = json.ReadText();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool Rare(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("pricing"u8))
        {
            Pricing(ref json);
        }
        else if (json.ValueTextEquals("errors"u8))
        {
            Failure = StatusReader.FirstError(ref json);
        }
        else if (json.ValueTextEquals("recipient_type"u8))
        {
            IsGroup = json.ReadText() == "group";
        }
        else if (json.ValueTextEquals("recipient_participant_id"u8))
        {
            Participant = json.ReadText();
        }
        else if (json.ValueTextEquals("recipient_participant_user_id"u8))
        {
            ParticipantUserId = json.ReadText();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Pricing(ref Utf8JsonReader json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.ValueTextEquals("category"u8))
            {
                PricingCategory = json.ReadText();
            }
            else if (json.ValueTextEquals("type"u8))
            {
                PricingType = json.ReadText();
            }
            else
            {
                json.PassOver();
            }
        }
    }

    private static MessageStatus? Word(ref Utf8JsonReader json) => json.ReadText() switch
    {
        "sent" => MessageStatus.Sent,
        "delivered" => MessageStatus.Delivered,
        "read" => MessageStatus.Read,
        "played" => MessageStatus.Played,
        "failed" => MessageStatus.Failed,
        _ => null,
    };
}
