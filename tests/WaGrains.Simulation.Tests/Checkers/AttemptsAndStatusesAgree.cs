using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;
using WaGrains.Storage.Memory;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Once all is quiet: a message that waits no more has a status to show for it, its attempts have ended, and a
/// wamid where one was accepted.</summary>
internal sealed class AttemptsAndStatusesAgree(SimWorld world) : Checker(world)
{
    private readonly HashSet<(TenantId, MessageId)> _accepted = [];

    public override void Posted(GraphPost post)
    {
        if (post.Outcome.Kind == SendOutcomeKind.Accepted)
        {
            _accepted.Add((post.Send.Number.Tenant, post.Send.Message));
        }
    }

    public override void Drained(MemorySnapshot rows)
    {
        var queued = rows.Queue.Select(row => (row.Tenant, row.Message)).ToHashSet();
        var attempts = rows.Attempts.ToLookup(attempt => (attempt.Tenant, attempt.Message), attempt => attempt.Attempt);
        foreach (var message in rows.Messages.Where(message => message.Row.Direction == Direction.Outbound))
        {
            var key = (message.Row.Tenant, message.Row.Id);
            var about = $"{key.Tenant} {key.Id}";
            var status = message.Row.Status;
            if (queued.Contains(key))
            {
                Expect(status <= MessageStatus.Sent, about, "a queued message without an end", $"{status}");
                continue;
            }

            Expect(status != MessageStatus.Queued, about, "a status beyond queued, for it waits no more", $"{status}");
            foreach (var attempt in attempts[key])
            {
                Expect(attempt.EndedAt is not null, about, $"an end of attempt {attempt.Attempt}", "none");
            }

            if (_accepted.Contains(key))
            {
                Expect(
                    status is MessageStatus.Accepted or MessageStatus.Sent or MessageStatus.Delivered
                        or MessageStatus.Read or MessageStatus.Played or MessageStatus.Failed or MessageStatus.Unknown,
                    about, "a status that knows it left", $"{status}");
            }
            else
            {
                Expect(
                    status is MessageStatus.Failed or MessageStatus.Expired or MessageStatus.Cancelled
                        or MessageStatus.Unknown,
                    about, "an end, for Meta never accepted it", $"{status}");
            }
        }
    }
}
