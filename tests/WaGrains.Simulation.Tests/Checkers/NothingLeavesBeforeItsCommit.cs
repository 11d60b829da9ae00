using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Turns;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Checkers;

/// <summary>Whatever leaves an owner (a hint, an answer) speaks of rows that are durable already (MUST T2).</summary>
internal sealed class NothingLeavesBeforeItsCommit(SimWorld world) : Checker(world)
{
    public override void Released(OwnerKey from, Effect effect)
    {
        if (effect is Tell { To: var to, Message: var message })
        {
            Expect(IsTrue(from, to, message), $"{from} to {to}", $"rows that bear out {message.GetType().Name}",
                "none yet");
        }
    }

    public override void Replied(OwnerKey owner, OwnerMessage message, Reply reply)
    {
        var borneOut = reply switch
        {
            SendReceipt receipt => Ledger.Queued.ContainsKey((owner.Tenant, receipt.Message)),
            ConversationView view => Ledger.Versions.GetValueOrDefault(owner) >= view.State.Version,
            PaceReport report => Ledger.Versions.GetValueOrDefault(owner) >= report.State.Version,
            _ => message is not SendMessage { Idempotency: { } key } || reply is Moved
                || Ledger.Keys.Contains((owner.Tenant, key.Key)),
        };
        Expect(borneOut, $"{owner}", $"rows that bear out the answer to {message.GetType().Name}", "none yet");
    }

    private bool IsTrue(OwnerKey from, OwnerKey to, OwnerMessage message) => message switch
    {
        EnqueueSends enqueue => enqueue.Sends.All(send => Ledger.Queued.ContainsKey((from.Tenant, send.Row.Message))),
        AskForAgent ask => OfferOf(from) >= ask.Offer,
        StopAsking stop => from.Kind != OwnerKind.Conversation || OfferOf(from) >= stop.Offer,
        OfferConversation { From: null } offer => OfferOf(from) >= offer.Offer,
        AcceptOffer accept =>
            Ledger.Accepted.Contains((from.Tenant, to.Conversation, accept.Offer, accept.Agent))
            || Ledger.Holders.Contains((to, accept.Offer, accept.Agent)),
        OfferConfirmed confirmed => Ledger.Holders.Contains((from, confirmed.Offer, to.Agent))
            || Ledger.Conversations.GetValueOrDefault(from)?.Holder == to.Agent,
        OfferVoided voided => OfferOf(from) >= voided.Offer,
        ConversationReleased released => OfferOf(from) >= released.Offer,
        // A status proves the message settled even where a number that lives twice does not know its row.
        SendSettled settled => Ledger.Queue.GetValueOrDefault((from.Tenant, settled.Message)) is null
            || Ledger.Proven.Contains((from.Tenant, settled.Message)),
        AbsorbMerged => Ledger.Conversations.GetValueOrDefault(from)?.AliasOf == to.Conversation,
        MergeAbsorbed => Ledger.Conversations.GetValueOrDefault(from)?.Aliases.Contains(to.Conversation) ?? false,
        MergeInto merge => Ledger.Merges.Any(merged =>
            merged.Tenant == from.Tenant && merged.From == to.Conversation.Contact
                && merge.Into.Number == to.Conversation.Number),
        RequeueConversation => Ledger.Versions.ContainsKey(from),
        _ => true,
    };

    private long OfferOf(OwnerKey conversation) => Ledger.Conversations.GetValueOrDefault(conversation)?.Offer ?? -1;
}
