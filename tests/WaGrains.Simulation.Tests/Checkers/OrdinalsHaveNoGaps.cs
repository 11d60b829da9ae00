using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>The outbound messages of one conversation are numbered 1, 2, 3, ... without a gap.</summary>
internal sealed class OrdinalsHaveNoGaps(SimWorld world) : Checker(world)
{
    private readonly Dictionary<OwnerKey, long> _newest = [];

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var added in turns.SelectMany(turn => turn.Changes).OfType<QueueRowAdded>())
        {
            var conversation = OwnerKey.Of(added.Row.Tenant, added.Row.Conversation);
            var expected = _newest.GetValueOrDefault(conversation) + 1;
            Expect(added.Row.Ordinal == expected, $"{conversation}", $"ordinal {expected}", $"{added.Row.Ordinal}");
            _newest[conversation] = added.Row.Ordinal;
        }
    }
}
