using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Agents;

/// <summary>Whether an agent takes conversations.</summary>
public enum Presence
{
    /// <summary>Not at work: takes nothing.</summary>
    Offline = 0,

    /// <summary>At work and taking conversations.</summary>
    Available = 1,

    /// <summary>At work, takes nothing new.</summary>
    Away = 2,
}

/// <summary>What of an agent is stored. What it holds is in the conversations' rows, what it has accepted in the
/// offers'.</summary>
public sealed record AgentState
{
    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Which agent.</summary>
    public required AgentId Id { get; init; }

    /// <summary>How many durable writes the row has had.</summary>
    public long Version { get; init; }

    /// <summary>The name, 1 to 100 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many conversations at once; never over 15.</summary>
    public AgentCapacity Capacity { get; init; } = AgentCapacity.Default;

    /// <summary>Whether it takes conversations.</summary>
    public Presence Presence { get; init; }

    /// <summary>The teams to tell when room appears, sorted.</summary>
    public IReadOnlyList<TeamId> Teams { get; init; } = [];

    /// <summary>Its address.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public OwnerKey Owner => OwnerKey.Of(Tenant, Id);
}

/// <summary>Writes an agent's row.</summary>
public sealed record AgentWritten(AgentState State) : StateWritten
{
    /// <summary>The state this write follows: what the feed of events tells the difference from. Null: unknown, and
    /// nothing is told.</summary>
    public AgentState? Before { get; init; }

    /// <inheritdoc/>
    public override long Version => State.Version;

    /// <inheritdoc/>
    public override OwnerKey Owner => State.Owner;
}

/// <summary>An agent has accepted an offer: counted as load until the conversation confirms or voids it (MUST T4). One
/// row per conversation and agent.</summary>
public sealed record OfferOpened(
    TenantId Tenant, ConversationId Conversation, long Offer, AgentId Agent, DateTimeOffset At) : Change;

/// <summary>The conversation has answered; absent already is harmless.</summary>
public sealed record OfferClosed(TenantId Tenant, ConversationId Conversation, long Offer, AgentId Agent) : Change;
