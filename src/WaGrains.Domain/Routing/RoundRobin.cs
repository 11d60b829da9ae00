namespace WaGrains.Domain.Routing;

/// <summary>Who has waited longest since the last conversation first; among those who never had one, the smallest
/// id.</summary>
public static class RoundRobin
{
    /// <summary>Whether <paramref name="one"/> gets the conversation rather than <paramref name="other"/>.</summary>
    public static bool Precedes(Candidate one, Candidate other) => one.LastAssigned != other.LastAssigned
        ? one.LastAssigned < other.LastAssigned
        : one.Agent.CompareTo(other.Agent) < 0;
}
