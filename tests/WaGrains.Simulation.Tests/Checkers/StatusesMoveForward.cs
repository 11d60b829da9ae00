using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>A message's status in the store only ever moves forward (MUST D2), and no message disappears.</summary>
internal sealed class StatusesMoveForward(SimWorld world) : Checker(world)
{
    private Dictionary<(TenantId, MessageId), MessageStatus> _seen = [];

    public override void Looked(MemorySnapshot rows)
    {
        var now =
            rows.Messages.ToDictionary(message => (message.Row.Tenant, message.Row.Id), message => message.Row.Status);
        foreach (var (key, before) in _seen)
        {
            var found = now.TryGetValue(key, out var status);
            Expect(found, $"{key.Item1} {key.Item2}", "a row that stays", "none");
            Expect(
                !found || status == before || before.CanMoveTo(status), $"{key.Item1} {key.Item2}",
                $"{before} or further", $"{status}");
        }

        _seen = now;
    }
}
