using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Routing;

/// <summary>The agent who answered last first, then as <see cref="LeastLoaded"/>.</summary>
public static class Sticky
{
    /// <summary>The order for a customer whose last agent this was; null for none.</summary>
    public static Func<Candidate, Candidate, bool> To(AgentId? last) => last is not { } known
        ? LeastLoaded.Precedes
        : (one, other) => one.Agent == known || (other.Agent != known && LeastLoaded.Precedes(one, other));
}
