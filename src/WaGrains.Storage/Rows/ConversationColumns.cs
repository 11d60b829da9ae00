using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;

namespace WaGrains.Storage.Rows;

/// <summary>What of a conversation's state lists and recovery filter by; the rest is in its JSON.</summary>
internal sealed record ConversationColumns(
    ConversationPhase Phase,
    TeamId? Team,
    AgentId? Holder,
    AgentId? Asked,
    long Offer,
    long? WaitingSince,
    long LastActivityAt)
{
    /// <summary>
    /// The team that must find an agent; while one is asked by name the team's queue leaves the conversation alone, or
    /// two agents would be
    /// asked under one offer.
    /// </summary>
    public TeamId? WaitingFor => Phase == ConversationPhase.Waiting && Asked is null ? Team : null;

    /// <summary>The agent whose load it counts to.</summary>
    public AgentId? HeldBy => Phase == ConversationPhase.Held ? Holder : null;

    /// <summary>Whether the conversation itself has something to bring to its end.</summary>
    public bool IsRestless => Asked is not null || Phase == ConversationPhase.Merging;

    public static ConversationColumns Of(ConversationState state) => new(
        state.Phase,
        state.Team,
        state.Holder,
        state.Asked,
        state.Offer,
        Moment.Micros(state.WaitingSince),
        Moment.Micros(state.LastActivityAt));
}
