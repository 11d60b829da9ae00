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
    public static Turn<ConversationState> Receive(
        ConversationState state, ReceiveStatuses received, in Surroundings around)
    {
        var turn = Turn.Accept(state);
        var next = state;
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
            turn.Emit(Seen.Of(state.Tenant, "message_" + MessageWords.Of(update.Status), state.Id));
            if (state.Unsettled.Contains(message) || update.Status == MessageStatus.Failed)
            {
                turn.Tell(OwnerKey.Of(state.Tenant, state.Id.Number),
                    new SettledByStatus(state.Id, message, attempt, update));
            }

            if (update is { Status: MessageStatus.Failed, Error: { } error })
            {
                next = Consent.Refused(turn, next, error.Code, update.At, around.Now);
            }
        }

        return ReferenceEquals(next, state) ? turn : turn.Write(next);
    }

    /// <summary>
    /// Memory alone, in most cases: the number has written all rows already, and forgetting this costs one needless
    /// hint. What Meta's refusal says of the contact is kept, and marketing that never left is no part of the
    /// tenant's cap.
    /// </summary>
    public static Turn<ConversationState> Settled(
        ConversationState state, SendSettled settled, in Surroundings around)
    {
        var turn = Turn.Accept(state);
        var next = Consent.Refused(turn, state, settled.Code, around.Now, around.Now);
        if (settled.Status.IsEnd() && next.Marketing is { } marketing)
        {
            next = WithoutMarketing(next, marketing, settled.Message);
        }

        var isNews = !ReferenceEquals(next, state);
        next = WithoutUnsettled(next, settled.Message);
        return isNews ? turn.Write(next) : turn.Then(next);
    }

    private static ConversationState WithoutMarketing(
        ConversationState state, IReadOnlyList<MarketingSend> marketing, MessageId message)
    {
        var left = marketing.Where(send => send.Message != message).ToList();
        return left.Count == marketing.Count ? state : state with { Marketing = left.Count == 0 ? null : left };
    }

    private static ConversationState WithoutUnsettled(ConversationState state, MessageId message) =>
        !state.Unsettled.Contains(message) ? state
        : state.Unsettled.Count == 1 ? state with { Unsettled = [] }
        : state with { Unsettled = [.. state.Unsettled.Where(unsettled => unsettled != message)] };
}
