using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>What was in a webhook that was answered 200 is in the store from then on: messages archived, poison set
/// aside.</summary>
internal sealed class AcknowledgedIsArchived(SimWorld world) : Checker(world)
{
    private readonly List<(TenantId Tenant, string Wamid)> _acknowledged = [];

    public override void Acknowledged(Acknowledgement webhook)
    {
        foreach (var wamid in Wamids.In(webhook.Body))
        {
            _acknowledged.Add((webhook.Tenant, wamid));
            Expect(
                Ledger.Wamids.ContainsKey((webhook.Tenant, wamid)), $"{webhook.Tenant} {wamid}",
                "a committed message before the 200", "none");
        }

        foreach (var owner in webhook.Poisoned)
        {
            Expect(
                Ledger.DeadLetters.Contains((owner, nameof(QualityChanged))), $"{owner}",
                "a dead letter for what the owner could not take", "none");
        }
    }

    public override void Drained(MemorySnapshot rows)
    {
        var archived = rows.Messages
            .Where(message => message.Row.Direction == Direction.Inbound)
            .Select(message => (message.Row.Tenant, message.Row.Wamid!)).ToHashSet();
        foreach (var (tenant, wamid) in _acknowledged)
        {
            Expect(archived.Contains((tenant, wamid)), $"{tenant} {wamid}", "a row in the archive", "none");
        }
    }
}
