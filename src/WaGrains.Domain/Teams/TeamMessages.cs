using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Teams;

/// <summary>What a team may be told.</summary>
public abstract record TeamMessage : OwnerMessage;

/// <summary>Creates the team, or changes it.</summary>
public sealed record ConfigureTeam(
    string Name,
    RoutingStrategy Strategy,
    IReadOnlyList<AgentId> Members,
    IdempotencyKey? Idempotency) : TeamMessage;

/// <summary>A conversation waits for an agent under this offer number.</summary>
public sealed record AskForAgent(ConversationId Conversation, long Offer, DateTimeOffset Since) : TeamMessage;

/// <summary>The conversation no longer waits: taken, closed, or moved to another queue.</summary>
public sealed record StopAsking(ConversationId Conversation, long Offer) : TeamMessage;

/// <summary>An agent that was offered the conversation has no room after all.</summary>
public sealed record AgentDeclined(ConversationId Conversation, long Offer, AgentStanding Standing) : TeamMessage;

/// <summary>How a member stands now: it may have room again.</summary>
public sealed record AgentChanged(AgentStanding Standing) : TeamMessage;

/// <summary>How an agent stands, as it last said itself.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Available">Whether it takes new conversations.</param>
/// <param name="Load">Conversations held and offers accepted.</param>
/// <param name="Capacity">How many it may have.</param>
/// <param name="Sequence">Counts the agent's turns: an older standing never replaces a newer one.</param>
public sealed record AgentStanding(AgentId Agent, bool Available, int Load, AgentCapacity Capacity, long Sequence);
