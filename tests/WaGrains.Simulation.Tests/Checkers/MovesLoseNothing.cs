using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Engine.Commits;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>
/// A number that was written by more than one silo has lost none of its messages and doubled none: each attempt was
/// called at most once, each message was accepted at most once unless the tenant wants doubts sent again, and each is
/// either still in its queue or has come to an end.
/// </summary>
internal sealed class MovesLoseNothing(SimWorld world) : Checker(world)
{
    private readonly Dictionary<OwnerKey, string> _writer = [];
    private readonly HashSet<OwnerKey> _moved = [];
    private readonly Dictionary<(TenantId, MessageId), (int Calls, int Accepted, int Attempt)> _calls = [];
    private string _silo = "";

    public override void Durable(Fence fence) => _silo = fence.Silo;

    public override void Committed(IReadOnlyList<TurnRows> turns)
    {
        foreach (var turn in turns)
        {
            if (turn.Owner.Kind == OwnerKind.PhoneNumber)
            {
                if (_writer.TryGetValue(turn.Owner, out var before) && before != _silo)
                {
                    _moved.Add(turn.Owner);
                }

                _writer[turn.Owner] = _silo;
            }
        }
    }

    public override void Posted(GraphPost post)
    {
        var key = (post.Send.Number.Tenant, post.Send.Message);
        var (calls, accepted, attempt) = _calls.GetValueOrDefault(key);
        var now = (
            Calls: calls + 1,
            Accepted: accepted + (post.Outcome.Kind == SendOutcomeKind.Accepted ? 1 : 0),
            post.Send.Attempt);
        _calls[key] = now;
        if (_moved.Contains(post.Send.Number))
        {
            Expect(post.Send.Attempt > attempt, $"{post.Send.Number} {post.Send.Message}",
                $"an attempt after {attempt}", $"{post.Send.Attempt}");
            Expect(now.Accepted <= 1 || World.Plan.ResendUnknown, $"{post.Send.Number} {post.Send.Message}",
                "to be accepted once", $"{now.Accepted} times");
        }
    }

    public override void Drained(MemorySnapshot rows)
    {
        var waiting = rows.Queue.Select(row => (row.Tenant, row.Message)).ToHashSet();
        var status = rows.Messages.ToDictionary(
            message => (message.Row.Tenant, message.Row.Id), message => message.Row.Status);
        foreach (var row in Ledger.Queued.Values.Where(row => _moved.Contains(OwnerKey.Of(row.Tenant, row.Number))))
        {
            var key = (row.Tenant, row.Message);
            var ended = status.TryGetValue(key, out var reached) && reached != MessageStatus.Queued;
            Expect(waiting.Contains(key) || ended, $"{row.Tenant} {row.Number} {row.Message}",
                "a place in its queue or an end", $"{reached}");
        }
    }
}
