using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Whoever writes an owner's row has seen the row before it: versions rise by one, whatever lives twice (MUST
/// S1).</summary>
internal sealed class VersionsRiseByOne(SimWorld world) : Checker(world)
{
    private readonly Dictionary<OwnerKey, long> _offers = [];

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var written in turns.SelectMany(turn => turn.Changes).OfType<ConversationWritten>())
        {
            var state = written.State;
            var before = _offers.GetValueOrDefault(state.Owner);
            Expect(state.Offer >= before, $"{state.Owner}", $"offer {before} or a later one", $"{state.Offer}");
            _offers[state.Owner] = state.Offer;
        }
    }
}
