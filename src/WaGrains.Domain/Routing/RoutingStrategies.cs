using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Routing;

/// <summary>How a team shares out its conversations.</summary>
public enum RoutingStrategy
{
    /// <summary>To whom has the largest part of the capacity free.</summary>
    LeastLoaded = 1,

    /// <summary>In turn.</summary>
    RoundRobin = 2,

    /// <summary>To whom the customer knows already; to the least loaded where that one has no room.</summary>
    Sticky = 3,
}

/// <summary>The list of strategies, and what holds for all of them.</summary>
public static class RoutingStrategies
{
    /// <summary>
    /// Who gets the conversation, or null where nobody with the skills has room. The answer depends on the set of
    /// candidates, not on their order.
    /// </summary>
    /// <param name="strategy">The team's strategy.</param>
    /// <param name="request">What the conversation asks.</param>
    /// <param name="candidates">The team's present members, each once.</param>
    public static AgentId? Choose(
        this RoutingStrategy strategy, RoutingRequest request, IReadOnlyCollection<Candidate> candidates)
    {
        Func<Candidate, Candidate, bool> precedes = strategy switch
        {
            RoutingStrategy.LeastLoaded => LeastLoaded.Precedes,
            RoutingStrategy.RoundRobin => RoundRobin.Precedes,
            RoutingStrategy.Sticky => Sticky.To(request.LastAgent),
        };
        Candidate? best = null;
        foreach (var candidate in candidates)
        {
            if (candidate.HasRoom && candidate.HasSkills(request.Skills) && (best is null || precedes(candidate, best)))
            {
                best = candidate;
            }
        }

        return best?.Agent;
    }
}
