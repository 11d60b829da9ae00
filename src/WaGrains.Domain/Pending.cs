#pragma warning disable
namespace WaGrains.Domain.Routing
{
    public enum RoutingStrategy { LeastLoaded, RoundRobin }
    public readonly record struct AgentCapacity(int Value) { public static AgentCapacity Default => new(7); }
    public sealed record Candidate(Ids.AgentId Agent, int Load, AgentCapacity Capacity, long LastOffered);
    public static class RoutingStrategies { public static Ids.AgentId? Choose(RoutingStrategy s, System.Collections.Generic.IReadOnlyList<Candidate> c) => null; }
}
