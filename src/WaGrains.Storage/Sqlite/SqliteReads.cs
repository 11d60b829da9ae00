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

namespace WaGrains.Storage.Sqlite;

/// <summary>Every read in a transaction of its own over one snapshot, on one of a few connections.</summary>
internal sealed class SqliteReads(SqliteReaders readers) : IReads
{
    public ValueTask<ConversationState?> Conversation(TenantId tenant, ConversationId id, CancellationToken cancel) =>
        readers.Read(link => SqliteActivationReads.Conversation(link, tenant, id), cancel);

    public ValueTask<StoredNumber?> Number(
        TenantId tenant, PhoneNumberId id, DateTimeOffset attemptsSince, CancellationToken cancel) =>
        readers.Read(link => SqliteActivationReads.Number(link, tenant, id, attemptsSince), cancel);

    public ValueTask<StoredTeam?> Team(TenantId tenant, TeamId id, CancellationToken cancel) =>
        readers.Read(link => SqliteActivationReads.Team(link, tenant, id), cancel);

    public ValueTask<StoredAgent?> Agent(TenantId tenant, AgentId id, CancellationToken cancel) =>
        readers.Read(link => SqliteActivationReads.Agent(link, tenant, id), cancel);

    public ValueTask<TenantState?> Tenant(TenantId id, CancellationToken cancel) =>
        readers.Read(link => SqliteActivationReads.Tenant(link, id), cancel);

    public ValueTask<IReadOnlyList<MessageId>> KnownMessages(
        TenantId tenant, IReadOnlyList<MessageId> ids, CancellationToken cancel) =>
        readers.Read(link => SqliteMessageReads.Known(link, tenant, ids), cancel);

    public ValueTask<IReadOnlyList<PendingOwner>> Pending(
        DateTimeOffset olderThan, int most, CancellationToken cancel) =>
        readers.Read(link => SqliteRecoveryReads.Pending(link, olderThan, most), cancel);

    public ValueTask<IReadOnlyList<DueTimer>> Timers(DateTimeOffset until, int most, CancellationToken cancel) =>
        readers.Read(link => SqliteRecoveryReads.Timers(link, until, most), cancel);

    public ValueTask<IReadOnlyList<OpenMerge>> OpenMerges(int most, CancellationToken cancel) =>
        readers.Read(link => SqliteRecoveryReads.OpenMerges(link, most), cancel);

    public ValueTask<IReadOnlyList<KnownIdentity>> Identities(
        TenantId tenant, IReadOnlyCollection<Identity> identities, CancellationToken cancel) =>
        readers.Read(link => SqliteDirectoryReads.Identities(link, tenant, identities), cancel);

    public ValueTask<PhoneNumberState?> NumberState(TenantId tenant, PhoneNumberId id, CancellationToken cancel) =>
        readers.Read(link => SqliteDirectoryReads.NumberState(link, tenant, id), cancel);

    public ValueTask<PhoneNumberState?> NumberByMetaId(string phoneNumberId, CancellationToken cancel) =>
        readers.Read(link => SqliteDirectoryReads.NumberByMetaId(link, phoneNumberId), cancel);

    public ValueTask<ApiKeyAdded?> ApiKey(string hash, CancellationToken cancel) =>
        readers.Read(link => SqliteDirectoryReads.ApiKey(link, hash), cancel);

    public ValueTask<IdempotencyKept?> Idempotency(
        TenantId tenant, string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        readers.Read(link => SqliteDirectoryReads.Idempotency(link, tenant, key, notBefore), cancel);

    public ValueTask<IReadOnlyList<TenantState>> Tenants(CancellationToken cancel) =>
        readers.Read(SqliteDirectoryReads.Tenants, cancel);

    public ValueTask<TenantChanges> TenantsSince(long revision, CancellationToken cancel) =>
        readers.Read(link => SqliteDirectoryReads.Since(link, revision), cancel);

    public ValueTask<IReadOnlyList<ConversationState>> Conversations(
        ConversationFilter filter, CancellationToken cancel) =>
        readers.Read(link => SqliteListReads.Conversations(link, filter), cancel);

    public ValueTask<IReadOnlyList<StoredMessage>> Messages(MessageFilter filter, CancellationToken cancel) =>
        readers.Read(link => SqliteMessageReads.List(link, filter), cancel);

    public ValueTask<StoredMessage?> Message(TenantId tenant, MessageId id, CancellationToken cancel) =>
        readers.Read(link => SqliteMessageReads.One(link, tenant, id), cancel);

    public ValueTask<IReadOnlyList<StoredAttempt>> Attempts(TenantId tenant, MessageId id, CancellationToken cancel) =>
        readers.Read(link => SqliteMessageReads.Attempts(link, tenant, id), cancel);

    public ValueTask<IReadOnlyList<AlertRaised>> Alerts(
        TenantId tenant, MessageId? before, int most, CancellationToken cancel) =>
        readers.Read(link => SqliteListReads.Alerts(link, tenant, before, most), cancel);

    public ValueTask<IReadOnlyList<PaceChanged>> PaceHistory(PaceHistoryFilter filter, CancellationToken cancel) =>
        readers.Read(link => SqliteListReads.PaceHistory(link, filter), cancel);

    public ValueTask<IReadOnlyList<PhoneNumberState>> Numbers(TenantId tenant, CancellationToken cancel) =>
        readers.Read(link => SqliteListReads.Numbers(link, tenant), cancel);

    public ValueTask<IReadOnlyList<TeamState>> Teams(TenantId tenant, CancellationToken cancel) =>
        readers.Read(link => SqliteListReads.Teams(link, tenant), cancel);

    public ValueTask<IReadOnlyList<StoredAgent>> Agents(TenantId tenant, CancellationToken cancel) =>
        readers.Read(link => SqliteActivationReads.Agents(link, tenant), cancel);

    public ValueTask<IReadOnlyList<ApiKeyAdded>> ApiKeys(TenantId tenant, CancellationToken cancel) =>
        readers.Read(link => SqliteDirectoryReads.ApiKeys(link, tenant), cancel);

    public ValueTask<BulkSendState?> BulkSend(TenantId tenant, BulkSendId id, CancellationToken cancel) =>
        readers.Read(link => SqliteBulkReads.One(link, tenant, id), cancel);

    public ValueTask<IReadOnlyList<BulkSendState>> BulkSends(
        TenantId tenant, BulkSendId? before, int most, CancellationToken cancel) =>
        readers.Read(link => SqliteBulkReads.List(link, tenant, before, most), cancel);

    public ValueTask<IReadOnlyList<BulkRecipient>> BulkPending(
        TenantId tenant, BulkSendId id, int from, int most, CancellationToken cancel) =>
        readers.Read(link => SqliteBulkReads.Pending(link, tenant, id, from, most), cancel);

    public ValueTask<IReadOnlyList<QueuedOfSend>> BulkQueued(
        TenantId tenant, BulkSendId id, IReadOnlyList<PhoneNumberId> numbers, int most, CancellationToken cancel) =>
        readers.Read(link => SqliteBulkReads.Queued(link, tenant, id, numbers, most), cancel);

    public ValueTask<BulkTally> BulkTally(TenantId tenant, BulkSendId id, CancellationToken cancel) =>
        readers.Read(link => SqliteBulkReads.Tally(link, tenant, id), cancel);

    public ValueTask<IReadOnlyList<BulkResult>> BulkResults(BulkResultFilter filter, CancellationToken cancel) =>
        readers.Read(link => SqliteBulkReads.Results(link, filter), cancel);

    public ValueTask<IReadOnlyList<ConversationState>> ConversationsOf(
        TenantId tenant, IReadOnlyCollection<ContactId> contacts, IReadOnlyCollection<PhoneNumberId> numbers,
        CancellationToken cancel) =>
        readers.Read(link => SqliteBulkReads.ConversationsOf(link, tenant, contacts, numbers), cancel);

    public ValueTask<int> AttemptsStarted(
        TenantId tenant, PhoneNumberId number, DateTimeOffset from, DateTimeOffset until, int most,
        CancellationToken cancel) =>
        readers.Read(link => SqliteBulkReads.AttemptsStarted(link, tenant, number, from, until, most), cancel);

    public ValueTask<StoredPortfolio?> Portfolio(TenantId tenant, PortfolioId id, CancellationToken cancel) =>
        readers.Read(link => SqliteBudget.One(link, tenant, id), cancel);

    public ValueTask<IReadOnlyList<PortfolioState>> Portfolios(TenantId tenant, CancellationToken cancel) =>
        readers.Read(link => SqliteBudget.All(link, tenant), cancel);

    public ValueTask<IReadOnlyList<BudgetFate>> BudgetFates(
        TenantId tenant, PortfolioId id, int most, CancellationToken cancel) =>
        readers.Read(link => SqliteBudget.Fates(link, tenant, id, most), cancel);

    public ValueTask<FeedPage?> Feed(TenantId tenant, FeedPosition? after, int most, CancellationToken cancel) =>
        readers.Read(link => SqliteFeedReads.Feed(link, tenant, after, most), cancel);

    public ValueTask<FeedPosition> FeedEnd(CancellationToken cancel) =>
        readers.Read(link => SqliteFeedReads.Shelf(link).Last, cancel);

    public ValueTask<IReadOnlyDictionary<string, long>> Counts(CancellationToken cancel) =>
        readers.Read(SqliteListReads.Counts, cancel);
}
