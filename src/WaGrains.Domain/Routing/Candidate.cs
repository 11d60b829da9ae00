using System.Text.Json.Serialization;
using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Routing;

/// <summary>An agent who could get a conversation: present, in the team, as the team knows it now.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Load">Conversations held and offers open, over all teams, 0 or more.</param>
/// <param name="Capacity">The most of these.</param>
/// <param name="Skills">What the agent can do; compared letter by letter.</param>
/// <param name="LastAssigned">The team's running number of the agent's last conversation; 0 for none yet.</param>
public sealed record Candidate(
    AgentId Agent,
    int Load,
    AgentCapacity Capacity,
    IReadOnlyCollection<string> Skills,
    long LastAssigned)
{
    /// <summary>Whether the agent may get one more.</summary>
    [JsonIgnore]
    public bool HasRoom => Load < Capacity.Value;

    /// <summary>Whether the agent has every one of these skills.</summary>
    public bool HasSkills(IReadOnlyCollection<string> needed)
    {
        foreach (var skill in needed)
        {
            if (!Skills.Contains(skill))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>What a conversation asks of its agent.</summary>
/// <param name="Skills">All of these; empty for anyone.</param>
/// <param name="LastAgent">Who answered the customer last; null for none.</param>
public sealed record RoutingRequest(IReadOnlyCollection<string> Skills, AgentId? LastAgent);
