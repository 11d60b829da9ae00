using WaGrains.Domain.Messaging;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.PhoneNumbers;

/// <summary>Marketing that must wait while everything else to the same contact goes on: quiet hours where the contact
/// lives, and contacts for whom Meta takes none for a while.</summary>
internal static class Resting
{
    /// <summary>Meta takes no marketing for this contact: what waits for it here rests.</summary>
    public static Turn<NumberAtWork> Park(NumberAtWork work, ParkRecipient park, in NumberSurroundings around)
    {
        work.Queue.Park(park.Conversation, park.Until);
        return Turn.Accept(work).Publish(around);
    }

    /// <summary>Whether this message may not leave now; it then rests, or ends where its deadline comes
    /// first.</summary>
    public static bool Rests(Turn<NumberAtWork> turn, QueuedSend send, in NumberSurroundings around)
    {
        if (!Marketing.Is(send.Content))
        {
            return false;
        }

        var parked = turn.Next.Queue.ParkedUntil(send.Row.Conversation, around.Now);
        var quiet = around.Rules.QuietHours?.EndsAt(around.Now, around.Zone(send.Row.To) ?? TimeZoneInfo.Utc);
        if ((parked ?? quiet) is not { } until)
        {
            return false;
        }

        if (until < send.Row.Deadline)
        {
            turn.Next.Queue.Rest(send.Row.Message, until);
            return true;
        }

        var (status, reason) = parked is null
            ? (MessageStatus.Expired, "quiet_hours")
            : (MessageStatus.Failed, "recipient_parked");
        Queueing.End(turn, send.Row, status, new SendError(0, reason, null), around);
        return true;
    }
}
