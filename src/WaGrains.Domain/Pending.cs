#pragma warning disable
namespace WaGrains.Domain.PhoneNumbers
{
    public sealed record WarmUp;
    public readonly record struct Pacing(double PerMinute, double Floor, double Ceiling);
    public readonly record struct Gcra(System.DateTimeOffset Next);
    public enum PacePolicy { WarmUp, Cloud }
    public sealed record PaceTerm(string Reason, double PerMinute);
}
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
