using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>What one pass over a message object finds; the order of its keys does not matter.</summary>
internal struct MessageParts
{
    public string? Id;
    public string? From;
    public string? FromUserId;
    public string? To;
    public string? ToUserId;
    public string? GroupId;
    public string? ContextWamid;
    public string? Text;
    public string? ReplyId;
    public string? TargetWamid;
    public string? NewPhone;
    public string? NewUserId;
    public long? Time;
    public InboundKind Kind;
    public SystemEvent System;
    public bool HasReferral;

    /// <summary>What a system message tells that matters to identity.</summary>
    public enum SystemEvent
    {
        Other,
        NumberChanged,
        UserIdChanged,
    }

    /// <summary>Reads an object that has been entered, up to its end.</summary>
    public static MessageParts Read(ref Utf8JsonReader json)
    {
        var parts = new MessageParts { Kind = InboundKind.Unknown };
        while (json.NextProperty())
        {
            if (!parts.Envelope(ref json) && !parts.Body(ref json) && !parts.RareBody(ref json))
            {
                json.PassOver();
            }
        }

        return parts;
    }

    private bool Envelope(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("from"u8))
        {
            From = json.ReadText();
        }
        else if (json.ValueTextEquals("from_user_id"u8))
        {
            FromUserId = json.ReadText();
        }
        else if (json.ValueTextEquals("id"u8))
        {
            Id = json.ReadText();
        }
        else if (json.ValueTextEquals("timestamp"u8))
        {
            Time = json.ReadWhole();
        }
        else if (json.ValueTextEquals("type"u8))
        {
            Kind = MessageKinds.Read(ref json);
        }
        else if (json.ValueTextEquals("context"u8))
        {
            Inside(ref json, "id"u8, ref ContextWamid);
        }
        else
        {
            return RareEnvelope(ref json);
        }

        return true;
    }

    private bool RareEnvelope(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("to"u8))
        {
            To = json.ReadText();
        }
        else if (json.ValueTextEquals("to_user_id"u8))
        {
            ToUserId = json.ReadText();
        }
        else if (json.ValueTextEquals("group_id"u8))
        {
            GroupId = json.ReadText();
        }
        else if (json.ValueTextEquals("referral"u8))
        {
            HasReferral = true;
            json.PassOver();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool Body(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("text"u8))
        {
            Inside(ref json, "body"u8, ref Text);
        }
        else if (json.ValueTextEquals("image"u8)
            || json.ValueTextEquals("video"u8)
            || json.ValueTextEquals("document"u8))
        {
            Inside(ref json, "caption"u8, ref Text);
        }
        else if (json.ValueTextEquals("button"u8))
        {
            Inside(ref json, "text"u8, ref Text, "payload"u8, ref ReplyId);
        }
        else if (json.ValueTextEquals("interactive"u8))
        {
            Interactive(ref json);
        }
        else if (json.ValueTextEquals("reaction"u8))
        {
            Inside(ref json, "emoji"u8, ref Text, "message_id"u8, ref TargetWamid);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool RareBody(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("location"u8))
        {
            Inside(ref json, "name"u8, ref Text);
        }
        else if (json.ValueTextEquals("order"u8))
        {
            Inside(ref json, "text"u8, ref Text);
        }
        else if (json.ValueTextEquals("system"u8))
        {
            SystemPart(ref json);
        }
        else if (json.ValueTextEquals("revoke"u8))
        {
            Inside(ref json, "original_message_id"u8, ref TargetWamid);
        }
        else if (json.ValueTextEquals("edit"u8))
        {
            Edit(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Interactive(ref Utf8JsonReader json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.ValueTextEquals("button_reply"u8) || json.ValueTextEquals("list_reply"u8))
            {
                Inside(ref json, "title"u8, ref Text, "id"u8, ref ReplyId);
            }
            else if (json.ValueTextEquals("nfm_reply"u8))
            {
                Inside(ref json, "body"u8, ref Text);
            }
            else
            {
                json.PassOver();
            }
        }
    }

    private void SystemPart(ref Utf8JsonReader json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.ValueTextEquals("type"u8))
            {
                System = MessageKinds.ReadSystem(ref json);
            }
            else if (json.ValueTextEquals("wa_id"u8) || json.ValueTextEquals("new_wa_id"u8))
            {
                NewPhone = json.ReadText() ?? NewPhone;
            }
            else if (json.ValueTextEquals("user_id"u8))
            {
                NewUserId = json.ReadText();
            }
            else
            {
                json.PassOver();
            }
        }
    }

    private void Edit(ref Utf8JsonReader json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.ValueTextEquals("original_message_id"u8))
            {
                TargetWamid = json.ReadText();
            }
            else if (json.ValueTextEquals("message"u8) && json.Enter())
            {
                // The new wording. Nesting is bounded by the reader's own depth limit.
                Text = Read(ref json).Text ?? Text;
            }
            else if (json.TokenType == JsonTokenType.PropertyName)
            {
                json.PassOver();
            }
        }
    }

    private static void Inside(ref Utf8JsonReader json, ReadOnlySpan<byte> name, ref string? value)
    {
        string? ignored = null;
        Inside(ref json, name, ref value, default, ref ignored);
    }

    private static void Inside(
        ref Utf8JsonReader json,
        ReadOnlySpan<byte> name,
        ref string? value,
        ReadOnlySpan<byte> otherName,
        ref string? otherValue)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.ValueTextEquals(name))
            {
                value = json.ReadText();
            }
            else if (!otherName.IsEmpty && json.ValueTextEquals(otherName))
            {
                otherValue = json.ReadText();
            }
            else
            {
                json.PassOver();
            }
        }
    }
}
