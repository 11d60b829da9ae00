using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;

namespace WaGrains.Engine.Reading;

/// <summary>All reads of committed rows: for activations, for recovery and for lists. Every call sees one consistent
/// snapshot.</summary>
public interface IReads
    : IActivationReads, IRecoveryReads, IDirectoryReads, IListReads, IBulkReads, IPortfolioReads, IFeedReads;

/// <summary>What an owner needs to come to life. Null where nothing is stored.</summary>
public interface IActivationReads
{
    /// <summary>A conversation's row.</summary>
    ValueTask<ConversationState?> Conversation(TenantId tenant, ConversationId id, CancellationToken cancel);

    /// <summary>A number's row, its queue with contents in (queued at, message) order, and its recent
    /// attempts.</summary>
    /// <param name="attemptsSince">Attempts started at or after this are returned.</param>
    ValueTask<StoredNumber?> Number(
        TenantId tenant, PhoneNumberId id, DateTimeOffset attemptsSince, CancellationToken cancel);

    /// <summary>A team's row, its waiting conversations by (since, id), and how its members stand.</summary>
    ValueTask<StoredTeam?> Team(TenantId tenant, TeamId id, CancellationToken cancel);

    /// <summary>An agent's row, what it holds, and its open offers.</summary>
    ValueTask<StoredAgent?> Agent(TenantId tenant, AgentId id, CancellationToken cancel);

    /// <summary>A tenant's row.</summary>
    ValueTask<TenantState?> Tenant(TenantId id, CancellationToken cancel);

    /// <summary>A bulk send's row.</summary>
    ValueTask<BulkSendState?> BulkSend(TenantId tenant, BulkSendId id, CancellationToken cancel);

    /// <summary>A portfolio's row and its reservations, in no order.</summary>
    ValueTask<StoredPortfolio?> Portfolio(TenantId tenant, PortfolioId id, CancellationToken cancel);

    /// <summary>Which of these message ids the archive holds (MUST D1).</summary>
    ValueTask<IReadOnlyList<MessageId>> KnownMessages(
        TenantId tenant, IReadOnlyList<MessageId> ids, CancellationToken cancel);
}

/// <summary>A number as stored.</summary>
public sealed record StoredNumber(
    PhoneNumberState State,
    IReadOnlyList<QueuedSend> Queue,
    IReadOnlyList<RecentAttempt> Recent);

/// <summary>A recent attempt of a number: for the pair limit, which counts per recipient.</summary>
public readonly record struct RecentAttempt(ConversationId Conversation, DateTimeOffset At);

/// <summary>A team as stored.</summary>
public sealed record StoredTeam(
    TeamState State,
    IReadOnlyList<WaitingConversation> Waiting,
    IReadOnlyList<StoredAgent> Members);

/// <summary>A conversation that waits.</summary>
public readonly record struct WaitingConversation(ConversationId Conversation, long Offer, DateTimeOffset Since);

/// <summary>An agent as stored.</summary>
/// <param name="State">Its row.</param>
/// <param name="Held">The conversations it holds, with their offer counters, sorted.</param>
/// <param name="Offers">The offers it has accepted and that are not answered, sorted.</param>
public sealed record StoredAgent(
    AgentState State,
    IReadOnlyList<HeldConversation> Held,
    IReadOnlyList<HeldConversation> Offers);

/// <summary>A conversation and its offer counter.</summary>
public readonly record struct HeldConversation(ConversationId Conversation, long Offer);

/// <summary>What must happen without anybody asking: the rows that oblige an owner to act.</summary>
public interface IRecoveryReads
{
    /// <summary>
    /// Owners with something pending: numbers with queue rows, teams with waiting conversations, agents with open
    /// offers, conversations that are asked for by name or merging, contacts whose merge is unfinished, bulk sends that
    /// have not ended. Distinct, in a fixed order.
    /// </summary>
    /// <param name="olderThan">Only what has been pending since before this.</param>
    /// <param name="most">At most so many.</param>
    ValueTask<IReadOnlyList<PendingOwner>> Pending(DateTimeOffset olderThan, int most, CancellationToken cancel);

    /// <summary>Durable timers that are due before <paramref name="until"/>, earliest first.</summary>
    ValueTask<IReadOnlyList<DueTimer>> Timers(DateTimeOffset until, int most, CancellationToken cancel);

    /// <summary>The conversations of a merged contact that are not yet aliases, and whom they go to.</summary>
    ValueTask<IReadOnlyList<OpenMerge>> OpenMerges(int most, CancellationToken cancel);
}

/// <summary>An owner with something pending, and how much of it.</summary>
/// <param name="Owner">Who must act.</param>
/// <param name="Rows">How many rows oblige it.</param>
public readonly record struct PendingOwner(OwnerKey Owner, int Rows);

/// <summary>A durable timer.</summary>
public readonly record struct DueTimer(OwnerKey Owner, string Name, DateTimeOffset DueAt);

/// <summary>An unfinished merge of two contacts.</summary>
public sealed record OpenMerge(
    TenantId Tenant, ContactId From, ContactId Into, IReadOnlyList<ConversationId> Conversations);
