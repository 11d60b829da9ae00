using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>
/// Meta accepts a conversation's messages in the order of their ordinals. One may overtake another only where that one
/// was in doubt for 30 s, or was sent again after a doubt. Where the clocks of silos differ, a number that moves may
/// count the 30 s by both.
/// </summary>
internal sealed class RecipientsAreServedInOrder(SimWorld world) : Checker(world)
{
    private readonly Dictionary<OwnerKey, (long Ordinal, DateTimeOffset At)> _newest = [];
    private readonly Dictionary<(TenantId, MessageId), DateTimeOffset> _firstTried = [];

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var started in turns.SelectMany(turn => turn.Changes).OfType<AttemptStarted>())
        {
            _firstTried.TryAdd((started.Tenant, started.Message), started.At);
        }
    }

    public override void Posted(GraphPost post)
    {
        var tenant = post.Send.Number.Tenant;
        if (!Ledger.Queued.TryGetValue((tenant, post.Send.Message), out var row))
        {
            return;
        }

        if (post.Outcome.Kind != SendOutcomeKind.Accepted)
        {
            return;
        }

        var conversation = OwnerKey.Of(tenant, row.Conversation);
        var newest = _newest.GetValueOrDefault(conversation);
        var doubted =
            newest.At - _firstTried.GetValueOrDefault((tenant, row.Message), post.At) >= SendQueue.DoubtHoldsFor
            - TimeSpan.FromSeconds(2 * World.Plan.ClockOff);
        var isResent = World.Plan.ResendUnknown && row.Ordinal == newest.Ordinal;
        Expect(
            row.Ordinal > newest.Ordinal || doubted || isResent, $"{conversation} {row.Message}",
            $"an ordinal above {newest.Ordinal}, accepted at {newest.At:HH:mm:ss.fff}", $"{row.Ordinal}");
        if (row.Ordinal > newest.Ordinal)
        {
            _newest[conversation] = (row.Ordinal, post.At);
        }
    }
}
