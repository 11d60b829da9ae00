using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Agents;

/// <summary>What an agent may be told.</summary>
public abstract record AgentMessage : OwnerMessage;

/// <summary>Creates the agent, or changes it.</summary>
public sealed record ConfigureAgent(string Name, AgentCapacity Capacity, IdempotencyKey? Idempotency) : AgentMessage;

/// <summary>The agent comes, goes, or pauses. Going may hand its conversations back.</summary>
/// <param name="Presence">The new presence.</param>
/// <param name="Requeue">Whether what it holds goes back to the teams' queues.</param>
public sealed record SetPresence(Presence Presence, bool Requeue) : AgentMessage;

/// <summary>A team has this agent among its members, or no longer.</summary>
public sealed record TeamMembership(TeamId Team, bool Member) : AgentMessage;

/// <summary>A conversation is offered.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="Offer">Under which offer number.</param>
/// <param name="From">The team that offers it; null where the agent was asked by name.</param>
public sealed record OfferConversation(ConversationId Conversation, long Offer, TeamId? From) : AgentMessage;

/// <summary>The conversation confirms: it is held by this agent.</summary>
public sealed record OfferConfirmed(ConversationId Conversation, long Offer) : AgentMessage;

/// <summary>The conversation had moved on: the accepted offer is void.</summary>
public sealed record OfferVoided(ConversationId Conversation, long Offer) : AgentMessage;

/// <summary>The conversation is no longer held by this agent.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="Offer">The conversation's offer counter when it left: a later confirmation outranks it.</param>
public sealed record ConversationReleased(ConversationId Conversation, long Offer) : AgentMessage;
