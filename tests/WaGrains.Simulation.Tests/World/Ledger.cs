using WaGrains.Domain.Agents;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Simulation.Tests.World;

/// <summary>The world's own books: every durable change, in commit order. Checkers believe these and the store's rows,
/// never the engine.</summary>
internal sealed class Ledger
{
    public Dictionary<(TenantId, MessageId), MessageRow> Messages { get; } = [];

    public Dictionary<(TenantId, string Wamid), MessageId> Wamids { get; } = [];

    public Dictionary<(TenantId, MessageId), QueueRow> Queue { get; } = [];

    /// <summary>Every queue row there ever was, as it was added.</summary>
    public Dictionary<(TenantId, MessageId), QueueRow> Queued { get; } = [];

    public HashSet<(TenantId, MessageId, int Attempt)> Attempts { get; } = [];

    /// <summary>Messages of which a status has told more than that they wait.</summary>
    public HashSet<(TenantId, MessageId)> Proven { get; } = [];

    public Dictionary<OwnerKey, ConversationState> Conversations { get; } = [];

    public Dictionary<OwnerKey, long> Versions { get; } = [];

    /// <summary>Who held which conversation under which offer, at any time.</summary>
    public HashSet<(OwnerKey Conversation, long Offer, AgentId Agent)> Holders { get; } = [];

    /// <summary>Every offer an agent ever accepted.</summary>
    public HashSet<(TenantId, ConversationId, long Offer, AgentId)> Accepted { get; } = [];

    public SortedDictionary<(TenantId, AgentId, ConversationId), long> Offers { get; } = [];

    public HashSet<(OwnerKey, string Message)> DeadLetters { get; } = [];

    public HashSet<(TenantId, string Key)> Keys { get; } = [];

    public List<ContactMerged> Merges { get; } = [];

    /// <summary>The newest inbound wamid of each conversation: what an agent quotes.</summary>
    public Dictionary<OwnerKey, string> Newest { get; } = [];

    public void Write(Change change)
    {
        switch (change)
        {
            case MessageAdded { Row: var row }:
                Add(row);
                break;
            case QueueRowAdded { Row: var row }:
                Queue[(row.Tenant, row.Message)] = row;
                Queued[(row.Tenant, row.Message)] = row;
                break;
            case StatusRaised { Status: > MessageStatus.Queued } raised:
                Proven.Add((raised.Tenant, raised.Message));
                break;
            case AttemptStarted started:
                Start(started);
                break;
            case QueueRowReturned returned when Queue.TryGetValue((returned.Tenant, returned.Message), out var row):
                Queue[(returned.Tenant, returned.Message)] = row with { Phase = QueuePhase.Queued };
                break;
            case QueueRowRemoved removed:
                Queue.Remove((removed.Tenant, removed.Message));
                break;
            case SendWithdrawn withdrawn:
                Withdraw(withdrawn);
                break;
            case ConversationWritten { State: var state }:
                Write(state);
                break;
            case StateWritten written:
                Versions[written.Owner] = written.Version;
                break;
            case OfferOpened opened:
                Accepted.Add((opened.Tenant, opened.Conversation, opened.Offer, opened.Agent));
                var key = (opened.Tenant, opened.Agent, opened.Conversation);
                Offers[key] = Math.Max(Offers.GetValueOrDefault(key), opened.Offer);
                break;
            case OfferClosed closed:
                Close(closed);
                break;
            case DeadLettered dead:
                DeadLetters.Add((dead.Owner, dead.Message));
                break;
            case IdempotencyKept kept:
                Keys.Add((kept.Tenant, kept.Key));
                break;
            case ContactMerged merged:
                Merges.Add(merged);
                break;
            default:
                break;
        }
    }

    private void Add(MessageRow row)
    {
        Messages[(row.Tenant, row.Id)] = row;
        if (row is { Direction: Direction.Inbound, Wamid: { } wamid })
        {
            Wamids.TryAdd((row.Tenant, wamid), row.Id);
            Newest[OwnerKey.Of(row.Tenant, row.Conversation)] = wamid;
        }
    }

    private void Start(AttemptStarted started)
    {
        Attempts.Add((started.Tenant, started.Message, started.Attempt));
        if (Queue.TryGetValue((started.Tenant, started.Message), out var row))
        {
            Queue[(started.Tenant, started.Message)] =
                row with { Phase = QueuePhase.Attempting, Attempt = started.Attempt, AttemptAt = started.At };
        }
    }

    private void Withdraw(SendWithdrawn withdrawn)
    {
        if (Queue.TryGetValue((withdrawn.Tenant, withdrawn.Message), out var row))
        {
            Queue.Remove((withdrawn.Tenant, withdrawn.Message));
            if (row.Phase != QueuePhase.Queued)
            {
                Queue.Add((withdrawn.Tenant, withdrawn.Message), row.Withdrawn());
            }
        }
    }

    private void Close(OfferClosed closed)
    {
        var key = (closed.Tenant, closed.Agent, closed.Conversation);
        if (Offers.TryGetValue(key, out var offer) && offer == closed.Offer)
        {
            Offers.Remove(key);
        }
    }

    private void Write(ConversationState state)
    {
        Conversations[state.Owner] = state;
        Versions[state.Owner] = state.Version;
        if (state.Holder is { } agent)
        {
            Holders.Add((state.Owner, state.Offer, agent));
        }
    }
}
