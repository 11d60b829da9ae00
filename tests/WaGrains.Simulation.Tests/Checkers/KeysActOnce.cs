using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>One idempotency key, one message, however often a caller tries.</summary>
internal sealed class KeysActOnce(SimWorld world) : Checker(world)
{
    private readonly HashSet<(TenantId, string)> _keys = [];

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var kept in turns.SelectMany(turn => turn.Changes).OfType<IdempotencyKept>())
        {
            Expect(_keys.Add((kept.Tenant, kept.Key)), $"{kept.Tenant} {kept.Key}", "one answer under a key",
                "a second");
        }
    }
}
