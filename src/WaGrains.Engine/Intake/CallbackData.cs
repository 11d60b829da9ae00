using WaGrains.Domain.Ids;

namespace WaGrains.Engine.Intake;

/// <summary>
/// What travels with every send as <c>biz_opaque_callback_data</c> and comes back in each of its statuses: enough to
/// find the message's row without an index on Meta's id. Believed only where tenant and number are those of the signed
/// webhook.
/// </summary>
/// <param name="Tenant">Whose message.</param>
/// <param name="Conversation">Its conversation, and with it its number.</param>
/// <param name="Message">The message, and with it the time its row is filed under.</param>
/// <param name="Attempt">Which attempt this was, from 1.</param>
public readonly record struct CallbackData(TenantId Tenant, ConversationId Conversation, MessageId Message, int Attempt)
{
    private const string Version = "w1";

    /// <summary>The text that travels, under 130 characters (Meta allows 512).</summary>
    public override string ToString() => $"{Version}|{Tenant}|{Conversation}|{Message}|{Attempt}";

    /// <summary>Reads the text; false for anything else, ours of another version too.</summary>
    public static bool TryParse(string? text, out CallbackData data)
    {
        data = default;
        Span<Range> parts = stackalloc Range[6];
        var span = text.AsSpan();
        if (span.Split(parts, '|') != 5
            || !span[parts[0]].SequenceEqual(Version)
            || !TenantId.TryParse(span[parts[1]], null, out var tenantId)
            || !ConversationId.TryParse(span[parts[2]], null, out var conversationId)
            || !MessageId.TryParse(span[parts[3]], null, out var messageId)
            || !int.TryParse(span[parts[4]], out var n))
        {
            return false;
        }

        data = new CallbackData(tenantId, conversationId, messageId, n);
        return true;
    }
}
