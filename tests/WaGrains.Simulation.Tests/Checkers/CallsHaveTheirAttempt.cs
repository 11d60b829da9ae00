using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>A call reaches Meta only while the store shows its attempt as started, at that very number, and each
/// attempt calls once.</summary>
internal sealed class CallsHaveTheirAttempt(SimWorld world) : Checker(world)
{
    private readonly HashSet<(TenantId, MessageId, int)> _called = [];

    public override void Posted(GraphPost post)
    {
        var send = post.Send;
        var tenant = send.Number.Tenant;
        var started = Ledger.Attempts.Contains((tenant, send.Message, send.Attempt));
        Expect(started, $"{tenant} {send.Message}", $"attempt {send.Attempt} committed before its call", "no row");
        Expect(
            _called.Add((tenant, send.Message, send.Attempt)), $"{tenant} {send.Message}",
            $"one call of attempt {send.Attempt}", "a second");
        var row = Ledger.Queue.GetValueOrDefault((tenant, send.Message));
        Expect(
            row is { Phase: QueuePhase.Attempting } && row.Attempt == send.Attempt, $"{tenant} {send.Message}",
            $"a queue row attempting at {send.Attempt}", row is null ? "none" : $"{row.Phase} at {row.Attempt}");
    }
}
