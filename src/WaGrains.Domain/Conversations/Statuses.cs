using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>
/// What Meta tells of messages we sent. The rows hold the statuses and move only forward whoever writes them, so
/// nothing is read first; the number is told where it may still be waiting, and of every failure, which says something
/// of its standing.
/// </summary>
internal static class Statuses
{
    public static Turn<ConversationState> Receive(ConversationState state, ReceiveStatuses received)
    {
        var turn = Turn.Accept(state);
        foreach (var (message, attempt, update) in received.Statuses)
        {
            turn.Change(new StatusRaised(
                state.Tenant,
                message,
                update.Status,
                update.At,
                update.Wamid,
                update.Error,
                update.PricingCategory is null ? null : $"{update.PricingCategory}/{update.PricingType}",
                state.Id,
                update.Status == MessageStatus.Failed ? new AttemptOf(state.Id.Number, attempt) : null));
            turn.Emit(new Seen(
                state.Tenant, "message_" + MessageWords.Of(update.Status), state.Id.ToString(), message.ToString()));
            if (state.Unsettled.Contains(message) || update.Status == MessageStatus.Failed)
            {
                turn.Tell(OwnerKey.Of(state.Tenant, state.Id.Number),
                    new SettledByStatus(state.Id, message, attempt, update));
            }
        }

        return turn;
    }

    /// <summary>Memory alone: the number has written all rows already, and forgetting this costs one needless
    /// hint.</summary>
    public static Turn<ConversationState> Settled(ConversationState state, SendSettled settled) =>
        Turn.Accept(state.Unsettled.Contains(settled.Message)
            ? state with { Unsettled = [.. state.Unsettled.Where(m => m != settled.Message)] }
            : state);
}
