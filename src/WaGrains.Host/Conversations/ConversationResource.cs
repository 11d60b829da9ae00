using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;

namespace WaGrains.Host.Conversations;

/// <summary>A conversation: all that one number and one contact ever said to each other.</summary>
/// <param name="Id">Its id.</param>
/// <param name="NumberId">The number.</param>
/// <param name="Contact">Who writes to it.</param>
/// <param name="Phase">Who has the word.</param>
/// <param name="Holder">The agent who holds it; set exactly while held.</param>
/// <param name="Team">The team whose queue it waits in or was served from.</param>
/// <param name="WaitingSince">Since when it waits for an agent.</param>
/// <param name="WindowClosesAt">Until when free-form messages may be sent; null if the contact has never
/// written.</param>
/// <param name="LastInboundAt">When the contact last wrote, by Meta's clock.</param>
/// <param name="LastActivityAt">When anything last happened; lists sort by it.</param>
/// <param name="OptedOut">Whether the contact has asked to be left alone.</param>
/// <param name="Assignment">How the last hand-over by name stands; null if none is open and none was declined.</param>
/// <param name="Aliases">Conversations that became this one; their messages belong to its history.</param>
internal sealed record ConversationResource(
    ConversationId Id,
    PhoneNumberId NumberId,
    ContactResource Contact,
    ConversationPhase Phase,
    AgentId? Holder,
    TeamId? Team,
    DateTimeOffset? WaitingSince,
    DateTimeOffset? WindowClosesAt,
    DateTimeOffset? LastInboundAt,
    DateTimeOffset LastActivityAt,
    bool OptedOut,
    AssignmentResource? Assignment,
    IReadOnlyList<ConversationId> Aliases)
{
    public static ConversationResource Of(ConversationState state) => new(
        state.Id,
        state.Id.Number,
        new ContactResource(state.Id.Contact, state.ProfileName, state.To.Phone, state.To.UserId),
        state.Phase,
        state.Holder,
        state.Team,
        state.WaitingSince,
        state.Window == default ? null : state.Window.ClosesAt,
        state.LastInboundAt,
        state.LastActivityAt,
        state.OptedOutAt is not null,
        state.Asked is null && state.Declined is null ? null : new AssignmentResource(state.Asked, state.Declined),
        state.Aliases);
}

/// <summary>The person at the other end.</summary>
/// <param name="Id">The contact's id.</param>
/// <param name="Name">The name it shows; null if it never told.</param>
/// <param name="Phone">E.164 digits without the plus; null where WhatsApp hides it.</param>
/// <param name="UserId">Meta's business-scoped id; null where Meta never told.</param>
internal sealed record ContactResource(ContactId Id, string? Name, string? Phone, string? UserId);

/// <summary>A hand-over to an agent by name.</summary>
/// <param name="Asked">The agent whose answer is awaited.</param>
/// <param name="Declined">Why the agent asked last did not take it.</param>
internal sealed record AssignmentResource(AgentId? Asked, string? Declined);

/// <summary>Whom to hand a conversation to: exactly one is set.</summary>
/// <param name="AgentId">An agent by name; the holder keeps it until that agent takes it.</param>
/// <param name="TeamId">A team's waiting queue.</param>
internal sealed record AssignRequest(AgentId? AgentId = null, TeamId? TeamId = null);
