using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>A message of a contact acts once: one row, and no rule answers it twice with the same text (MUST
/// D1).</summary>
internal sealed class WamidActsOnce(SimWorld world) : Checker(world)
{
    private readonly Dictionary<(TenantId, string Wamid), MessageId> _rows = [];
    private readonly HashSet<(TenantId, string Wamid, string Text)> _answers = [];

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var added in turns.SelectMany(turn => turn.Changes).OfType<MessageAdded>())
        {
            var row = added.Row;
            if (row.Direction == Direction.Inbound)
            {
                var first = _rows.TryAdd((row.Tenant, row.Wamid!), row.Id) ? row.Id : _rows[(row.Tenant, row.Wamid!)];
                Expect(first == row.Id, $"{row.Tenant} {row.Wamid}", $"one row, {first}", $"another, {row.Id}");
            }
            else if (row is { Author: "bot", ContextWamid: { } answered })
            {
                Expect(
                    _answers.Add((row.Tenant, answered, row.Text)), $"{row.Tenant} {answered}",
                    "one answer of each rule", $"a second, {row.Id}");
            }
        }
    }
}
