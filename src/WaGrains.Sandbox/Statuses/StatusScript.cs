using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox.Statuses;

/// <summary>Which statuses a message gets, when they happen and when the app hears of them.</summary>
internal sealed class StatusScript(StatusDelays delays, Misbehaviour wrong, Chance chance)
{
    private const double DoubledWithinSeconds = 5;

    public IReadOnlyList<StatusStep> Write(SentMessage message, DateTimeOffset now)
    {
        var sentAt = now + chance.Between(delays.SentFrom, delays.SentTo);
        if (message.Failure is { } failure)
        {
            return Disturb([new StatusStep(StatusKind.Failed, sentAt) { Failure = failure }]);
        }

        var steps = new List<StatusStep> { new(StatusKind.Sent, sentAt) { CarriesPricing = true } };
        if (chance.Happens(wrong.SentBeforeAnswer))
        {
            steps[0].Arrives = now;
        }

        if (chance.Happens(wrong.FailedAfterSent))
        {
            var failedAt = sentAt + chance.Between(delays.DeliveredFrom, delays.DeliveredTo);
            var fault = new GraphFault(131026, "Message undeliverable.");
            steps.Add(new StatusStep(StatusKind.Failed, failedAt) { Failure = fault });
            return Disturb(steps);
        }

        Receipts(steps, message, sentAt);
        return Disturb(steps);
    }

    private void Receipts(List<StatusStep> steps, SentMessage message, DateTimeOffset sentAt)
    {
        var deliveredAt = sentAt + chance.Between(delays.DeliveredFrom, delays.DeliveredTo);
        var readAt = deliveredAt + chance.Between(delays.ReadFrom, delays.ReadTo);
        var isRead = chance.Happens(delays.ReadShare) && message.Recipient.GroupId is null;
        var skipsDelivered = isRead && chance.Happens(wrong.DeliveredSkipped);
        if (!skipsDelivered)
        {
            steps.Add(new StatusStep(StatusKind.Delivered, deliveredAt) { CarriesPricing = true });
        }

        if (isRead)
        {
            steps.Add(new StatusStep(StatusKind.Read, readAt) { CarriesPricing = skipsDelivered });
        }

        if (isRead && message.IsVoice)
        {
            var playedAt = readAt + chance.Between(delays.ReadFrom, delays.ReadTo);
            steps.Add(new StatusStep(StatusKind.Played, playedAt));
        }
    }

    private List<StatusStep> Disturb(List<StatusStep> steps)
    {
        Swap(steps, StatusKind.Sent, StatusKind.Delivered, wrong.Reordered);
        Swap(steps, StatusKind.Delivered, StatusKind.Read, wrong.ReadFirst);
        var planned = steps.Count;
        for (var i = 0; i < planned; i++)
        {
            if (chance.Happens(wrong.Late))
            {
                steps[i].Arrives += chance.Between(0, wrong.LateSeconds);
            }

            if (chance.Happens(wrong.Doubled))
            {
                steps.Add(steps[i] with { Arrives = steps[i].Arrives + chance.Between(0, DoubledWithinSeconds) });
            }
        }

        return steps;
    }

    private void Swap(List<StatusStep> steps, StatusKind first, StatusKind second, double probability)
    {
        var (one, other) = (steps.Find(each => each.Kind == first), steps.Find(each => each.Kind == second));
        if (one is not null && other is not null && chance.Happens(probability))
        {
            (one.Arrives, other.Arrives) = (other.Arrives, one.Arrives);
        }
    }
}
