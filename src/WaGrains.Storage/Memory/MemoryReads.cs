using WaGrains.Domain.Agents;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Reading;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Memory;

/// <summary>Every read under the store's one lock: a consistent snapshot, complete when it returns.</summary>
internal sealed class MemoryReads(MemoryTables tables, Lock gate) : IReads
{
    private readonly MemoryActivationReads _activation = new(tables);
    private readonly MemoryRecoveryReads _recovery = new(tables);
    private readonly MemoryDirectoryReads _directory = new(tables);
    private readonly MemoryListReads _lists = new(tables);
    private readonly MemoryBulk _bulk = new(tables);
    private readonly MemoryBudget _budget = new(tables);

    public ValueTask<ConversationState?> Conversation(TenantId tenant, ConversationId id, CancellationToken cancel) =>
        Read(() => _activation.Conversation(tenant, id));

    public ValueTask<StoredNumber?> Number(
        TenantId tenant, PhoneNumberId id, DateTimeOffset attemptsSince, CancellationToken cancel) =>
        Read(() => _activation.Number(tenant, id, attemptsSince));

    public ValueTask<StoredTeam?> Team(TenantId tenant, TeamId id, CancellationToken cancel) =>
        Read(() => _activation.Team(tenant, id));

    public ValueTask<StoredAgent?> Agent(TenantId tenant, AgentId id, CancellationToken cancel) =>
        Read(() => _activation.Agent(tenant, id));

    public ValueTask<TenantState?> Tenant(TenantId id, CancellationToken cancel) =>
        Read(() => tables.Tenants.Find(id)?.Read<TenantState>());

    public ValueTask<IReadOnlyList<MessageId>> KnownMessages(
        TenantId tenant, IReadOnlyList<MessageId> ids, CancellationToken cancel) =>
        Read<IReadOnlyList<MessageId>>(
            () => [.. ids.Distinct().Where(id => tables.Messages.Has((tenant, id.Value)))]);

    public ValueTask<IReadOnlyList<PendingOwner>> Pending(
        DateTimeOffset olderThan, int most, CancellationToken cancel) =>
        Read(() => _recovery.Pending(olderThan, most));

    public ValueTask<IReadOnlyList<DueTimer>> Timers(DateTimeOffset until, int most, CancellationToken cancel) =>
        Read(() => _recovery.Timers(until, most));

    public ValueTask<IReadOnlyList<OpenMerge>> OpenMerges(int most, CancellationToken cancel) =>
        Read(() => _recovery.OpenMerges(most));

    public ValueTask<IReadOnlyList<KnownIdentity>> Identities(
        TenantId tenant, IReadOnlyCollection<Identity> identities, CancellationToken cancel) =>
        Read(() => _directory.Identities(tenant, identities));

    public ValueTask<PhoneNumberState?> NumberState(TenantId tenant, PhoneNumberId id, CancellationToken cancel) =>
        Read(() => _directory.NumberState(tenant, id));

    public ValueTask<PhoneNumberState?> NumberByMetaId(string phoneNumberId, CancellationToken cancel) =>
        Read(() => _directory.NumberByMetaId(phoneNumberId));

    public ValueTask<ApiKeyAdded?> ApiKey(string hash, CancellationToken cancel) => Read(() => _directory.ApiKey(hash));

    public ValueTask<IdempotencyKept?> Idempotency(
        TenantId tenant, string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        Read(() => _directory.Idempotency(tenant, key, notBefore));

    public ValueTask<IReadOnlyList<TenantState>> Tenants(CancellationToken cancel) =>
        Read<IReadOnlyList<TenantState>>(() => [.. tables.Tenants.All.Select(cell => cell.Read<TenantState>())]);

    public ValueTask<TenantChanges> TenantsSince(long revision, CancellationToken cancel) =>
        Read(() => _directory.Since(revision));

    public ValueTask<IReadOnlyList<ConversationState>> Conversations(
        ConversationFilter filter, CancellationToken cancel) => Read(() => _lists.Conversations(filter));

    public ValueTask<IReadOnlyList<StoredMessage>> Messages(MessageFilter filter, CancellationToken cancel) =>
        Read(() => _lists.Messages(filter));

    public ValueTask<StoredMessage?> Message(TenantId tenant, MessageId id, CancellationToken cancel) =>
        Read(() => tables.Messages.Find((tenant, id.Value))?.Read());

    public ValueTask<IReadOnlyList<StoredAttempt>> Attempts(TenantId tenant, MessageId id, CancellationToken cancel) =>
        Read(() => _lists.Attempts(tenant, id));

    public ValueTask<IReadOnlyList<AlertRaised>> Alerts(
        TenantId tenant, MessageId? before, int most, CancellationToken cancel) =>
        Read(() => _lists.Alerts(tenant, before, most));

    public ValueTask<IReadOnlyList<PaceChanged>> PaceHistory(PaceHistoryFilter filter, CancellationToken cancel) =>
        Read(() => _lists.PaceHistory(filter));

    public ValueTask<IReadOnlyList<PhoneNumberState>> Numbers(TenantId tenant, CancellationToken cancel) =>
        Read(() => _lists.Numbers(tenant));

    public ValueTask<IReadOnlyList<TeamState>> Teams(TenantId tenant, CancellationToken cancel) =>
        Read(() => _lists.Teams(tenant));

    public ValueTask<IReadOnlyList<StoredAgent>> Agents(TenantId tenant, CancellationToken cancel) =>
        Read<IReadOnlyList<StoredAgent>>(() => [.. _activation.Agents(tenant)]);

    public ValueTask<IReadOnlyList<ApiKeyAdded>> ApiKeys(TenantId tenant, CancellationToken cancel) =>
        Read(() => _directory.ApiKeys(tenant));

    public ValueTask<BulkSendState?> BulkSend(TenantId tenant, BulkSendId id, CancellationToken cancel) =>
        Read(() => tables.BulkSends.Find((tenant, id.Value))?.Read<BulkSendState>());

    public ValueTask<IReadOnlyList<BulkSendState>> BulkSends(
        TenantId tenant, BulkSendId? before, int most, CancellationToken cancel) =>
        Read(() => _bulk.Sends(tenant, before, most));

    public ValueTask<IReadOnlyList<BulkRecipient>> BulkPending(
        TenantId tenant, BulkSendId id, int from, int most, CancellationToken cancel) =>
        Read(() => _bulk.Pending(tenant, id, from, most));

    public ValueTask<IReadOnlyList<QueuedOfSend>> BulkQueued(
        TenantId tenant, BulkSendId id, IReadOnlyList<PhoneNumberId> numbers, int most, CancellationToken cancel) =>
        Read(() => _bulk.Queued(tenant, id, numbers, most));

    public ValueTask<BulkTally> BulkTally(TenantId tenant, BulkSendId id, CancellationToken cancel) =>
        Read(() => _bulk.Tally(tenant, id));

    public ValueTask<IReadOnlyList<BulkResult>> BulkResults(BulkResultFilter filter, CancellationToken cancel) =>
        Read(() => _bulk.Results(filter));

    public ValueTask<IReadOnlyList<ConversationState>> ConversationsOf(
        TenantId tenant, IReadOnlyCollection<ContactId> contacts, IReadOnlyCollection<PhoneNumberId> numbers,
        CancellationToken cancel) =>
        Read(() => _bulk.ConversationsOf(tenant, contacts, numbers));

    public ValueTask<int> AttemptsStarted(
        TenantId tenant, PhoneNumberId number, DateTimeOffset from, DateTimeOffset until, int most,
        CancellationToken cancel) =>
        Read(() => _bulk.AttemptsStarted(tenant, number, from, until).Take(most).Count());

    public ValueTask<StoredPortfolio?> Portfolio(TenantId tenant, PortfolioId id, CancellationToken cancel) =>
        Read(() => _budget.One(tenant, id));

    public ValueTask<IReadOnlyList<PortfolioState>> Portfolios(TenantId tenant, CancellationToken cancel) =>
        Read(() => _budget.All(tenant));

    public ValueTask<IReadOnlyList<BudgetFate>> BudgetFates(
        TenantId tenant, PortfolioId id, int most, CancellationToken cancel) =>
        Read(() => _budget.Fates(tenant, id, most));

    public ValueTask<FeedPage?> Feed(TenantId tenant, FeedPosition? after, int most, CancellationToken cancel) =>
        Read(() => tables.Feed.Read(tenant, after, StoreLimits.Page(most)));

    public ValueTask<FeedPosition> FeedEnd(CancellationToken cancel) => Read(() => tables.Feed.Shelf.Last);

    public ValueTask<IReadOnlyDictionary<string, long>> Counts(CancellationToken cancel) => Read(tables.Counts);

    private ValueTask<T> Read<T>(Func<T> read)
    {
        lock (gate)
        {
            return ValueTask.FromResult(read());
        }
    }
}
