using WaGrains.Domain.Conversations;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Tenants;

namespace WaGrains.Domain.Forecasts;

/// <summary>Whether somebody would not be written to.</summary>
public static class Reluctance
{
    /// <summary>The refusal's code that a message into this conversation would meet now: an opt-out, marketing
    /// switched off, the tenant's cap, a contact that Meta holds back; null where it would meet none.</summary>
    /// <param name="conversation">As it is known.</param>
    /// <param name="content">What would be sent.</param>
    /// <param name="lane">Where it would wait.</param>
    /// <param name="deadline">Until when it could.</param>
    /// <param name="rules">The tenant's.</param>
    /// <param name="now">The present.</param>
    public static string? Of(
        ConversationState conversation, MessageContent content, Lane lane, DateTimeOffset deadline, TenantRules rules,
        DateTimeOffset now)
    {
        var message = new SendMessage(default, content, lane, null, null, deadline, null, null);
        var around = new Surroundings(rules, QueueDepth: 0, QueueMax: int.MaxValue, now);
        return (Consent.Refuses(conversation, message, around)
            ?? Sending.Refuses(conversation, content, around))?.Code;
    }
}
