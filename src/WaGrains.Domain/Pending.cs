#pragma warning disable
namespace WaGrains.Domain.Bots
{
    public sealed record KeywordRule(string Id);
    public sealed record BusinessHoursSettings(string Zone);
}
namespace WaGrains.Domain.Filtering
{
    public sealed record ForbiddenRule(string Id);
}
namespace WaGrains.Domain.Routing
{
    public enum RoutingStrategy { LeastLoaded, RoundRobin }
    public readonly record struct AgentCapacity(int Value) { public static AgentCapacity Default => new(7); }
}
