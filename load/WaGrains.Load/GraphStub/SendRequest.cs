using System.Text.Json;
using WaGrains.Load.Exchanges;

namespace WaGrains.Load.GraphStub;

/// <summary>What the stub needs of a <c>POST /{phone-number-id}/messages</c>.</summary>
internal struct SendRequest
{
    /// <summary>Whether it is well-formed JSON with <c>messaging_product</c> "whatsapp".</summary>
    public bool IsValid { get; private set; }

    /// <summary>Whether it marks a message as read instead of sending one.</summary>
    public bool IsReadReceipt { get; private set; }

    /// <summary>Recipient as given, digits with or without a plus; null when none was named.</summary>
    public string? To { get; private set; }

    /// <summary>The exchange named by <c>context.message_id</c>, else by the end of the text.</summary>
    public ulong? Id { get; private set; }

    /// <summary><c>biz_opaque_callback_data</c> as it stood in the JSON, still escaped.</summary>
    public byte[]? Callback { get; private set; }

    /// <summary>Reads a body; malformed ones give <see cref="IsValid"/> false.</summary>
    public static SendRequest Read(ReadOnlySpan<byte> body)
    {
        var request = default(SendRequest);
        try
        {
            var json = new Utf8JsonReader(body);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                request.Member(ref json);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            request.IsValid = false;
        }

        return request;
    }

    private void Member(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("messaging_product"u8))
        {
            json.Read();
            IsValid = json.ValueTextEquals("whatsapp"u8);
        }
        else if (json.ValueTextEquals("to"u8) || json.ValueTextEquals("recipient"u8))
        {
            json.Read();
            To ??= json.GetString();
        }
        else if (json.ValueTextEquals("biz_opaque_callback_data"u8))
        {
            json.Read();
            Callback = json.ValueSpan.ToArray();
        }
        else if (json.ValueTextEquals("status"u8))
        {
            json.Read();
            IsReadReceipt = json.ValueTextEquals("read"u8);
        }
        else if (json.ValueTextEquals("context"u8))
        {
            Inner(ref json, "message_id"u8, isWamid: true);
        }
        else if (json.ValueTextEquals("text"u8))
        {
            Inner(ref json, "body"u8, isWamid: false);
        }
        else
        {
            json.Read();
            json.Skip();
        }
    }

    private void Inner(ref Utf8JsonReader json, ReadOnlySpan<byte> name, bool isWamid)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = json.ValueTextEquals(name);
            json.Read();
            if (!wanted)
            {
                json.Skip();
            }
            else if (isWamid && MessageIds.TryReadWamid(json.ValueSpan, out var quoted))
            {
                Id = quoted;
            }
            else if (!isWamid && Id is null && MessageIds.TryReadText(json.ValueSpan, out var told))
            {
                Id = told;
            }
        }
    }
}
