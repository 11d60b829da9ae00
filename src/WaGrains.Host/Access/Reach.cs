using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Engine.Commits;

namespace WaGrains.Host.Access;

/// <summary>
/// Which conversations a caller may see and touch. An agent sees those it holds and those that wait in its teams, and
/// touches only those it holds;
/// the conversation itself checks again in its turn wherever it matters who acts.
/// </summary>
internal sealed class Reach(IStore store)
{
    public async ValueTask<bool> Sees(Caller caller, ConversationState conversation, CancellationToken cancel) =>
        Holds(caller, conversation)
        || (conversation is { Phase: ConversationPhase.Waiting, Team: { } team } && await IsIn(caller, team, cancel));

    public static bool Holds(Caller caller, ConversationState conversation) =>
        caller.Role != Role.Agent || (caller.Agent is { } agent && conversation.Holder == agent);

    /// <summary>Whether the caller's agent is a member of this team.</summary>
    public async ValueTask<bool> IsIn(Caller caller, TeamId team, CancellationToken cancel) =>
        caller.Agent is { } agent
        && await store.Reads.Agent(caller.Tenant, agent, cancel) is { State.Teams: var teams }
        && teams.Contains(team);
}
