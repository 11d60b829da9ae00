using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Conversations;

/// <summary>What a conversation's decisions may look at besides its state and the message.</summary>
/// <param name="Rules">The tenant's rules, compiled.</param>
/// <param name="QueueDepth">How many messages wait in the number's queue, as last published.</param>
/// <param name="QueueMax">How many may.</param>
/// <param name="Now">The turn's time.</param>
public readonly record struct Surroundings(TenantRules Rules, int QueueDepth, int QueueMax, DateTimeOffset Now);

/// <summary>Every decision of a conversation. The arms delegate; each concern has a file of its own.</summary>
public static class Conversation
{
    /// <summary>Decides one message.</summary>
    public static Turn<ConversationState> Decide(ConversationState state, OwnerMessage message, in Surroundings around)
    {
        if (state.AliasOf is { } survivor && !Concerns(message))
        {
            return Turn.Answer(state, new Moved(OwnerKey.Of(state.Tenant, survivor)));
        }

        return message switch
        {
            ReceiveInbound m => Receiving.Receive(state, m, around),
            ReceiveEcho m => Receiving.Echo(state, m, around),
            ReceiveStatuses m => Statuses.Receive(state, m, around),
            SendSettled m => Statuses.Settled(state, m, around),
            SetPreference m => Consent.Prefer(state, m, around),
            SendMessage m => Sending.Send(state, m, around),
            AcceptOffer m => Holding.Accept(state, m, around),
            DeclineOffer m => Holding.Declined(state, m, around),
            AssignConversation m => Holding.Assign(state, m, around),
            CloseConversation m => Holding.Close(state, m, around),
            ReopenConversation m => Holding.Reopen(state, m, around),
            RequeueConversation m => Holding.Requeue(state, m, around),
            MergeInto m => Merging.Into(state, m, around),
            AbsorbMerged m => Merging.Absorb(state, m, around),
            MergeAbsorbed => Merging.Absorbed(state),
            TimerFired m => Holding.TimerFired(state, m, around),
            Wake m => Holding.Wake(state, m),
            ReadConversation => Turn.Answer(state, new ConversationView(state)),
            _ => throw new InvalidOperationException($"a conversation takes no {message.GetType().Name}"),
        };
    }

    /// <summary>
    /// What an alias answers itself: word of its own messages, timers and offers. Offer numbers mean nothing to the
    /// survivor, which counts its own.
    /// </summary>
    private static bool Concerns(OwnerMessage message) =>
        message is ReceiveStatuses or SendSettled or MergeInto or MergeAbsorbed
        or AcceptOffer or DeclineOffer or RequeueConversation or TimerFired or ReadConversation or Wake;

    /// <summary>The state's next version with its row's change, for every decision here that must survive.</summary>
    internal static Turn<ConversationState> Write(this Turn<ConversationState> turn, ConversationState next)
    {
        var written = next with { Version = next.Version + 1 };
        var change = new ConversationWritten(written) { Before = turn.Next };
        return turn.Then(written).Change(change);
    }

    /// <summary>Keeps the turn's answer under the caller's key, if it gave one: refusals too.</summary>
    internal static Turn<TState> Keep<TState>(
        this Turn<TState> turn, TenantId tenant, IdempotencyKey? key, DateTimeOffset now) =>
        key is null ? turn : turn.Change(new IdempotencyKept(tenant, key.Key, key.BodyHash, turn.Reply, now));
}
