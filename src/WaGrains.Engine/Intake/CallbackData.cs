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
        if (text?.Split('|') is not [Version, var tenant, var conversation, var message, var attempt]
            || !TenantId.TryParse(tenant, null, out var tenantId)
            || !ConversationId.TryParse(conversation, null, out var conversationId)
            || !MessageId.TryParse(message, null, out var messageId)
            || !int.TryParse(attempt, out var n))
        {
            return false;
        }

        data = new CallbackData(tenantId, conversationId, messageId, n);
        return true;
    }
}
