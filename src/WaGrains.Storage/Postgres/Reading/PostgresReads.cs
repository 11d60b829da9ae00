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

namespace WaGrains.Storage.Postgres.Reading;

/// <summary>Every read over one snapshot, on one of a few connections.</summary>
internal sealed class PostgresReads(PostgresReaders readers, Archive archive) : IReads
{
    public ValueTask<ConversationState?> Conversation(TenantId tenant, ConversationId id, CancellationToken cancel) =>
        readers.Read(query => PostgresActivationReads.Conversation(query, tenant, id), cancel);

    public ValueTask<StoredNumber?> Number(
        TenantId tenant, PhoneNumberId id, DateTimeOffset attemptsSince, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresNumberReads.Number(query, archive, tenant, id, attemptsSince), cancel);

    public ValueTask<StoredTeam?> Team(TenantId tenant, TeamId id, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresActivationReads.Team(query, tenant, id), cancel);

    public ValueTask<StoredAgent?> Agent(TenantId tenant, AgentId id, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresActivationReads.Agent(query, tenant, id), cancel);

    public ValueTask<TenantState?> Tenant(TenantId id, CancellationToken cancel) =>
        readers.Read(query => PostgresActivationReads.Tenant(query, id), cancel);

    public ValueTask<IReadOnlyList<MessageId>> KnownMessages(
        TenantId tenant, IReadOnlyList<MessageId> ids, CancellationToken cancel) =>
        readers.Read(query => PostgresMessageReads.Known(query, archive, tenant, ids), cancel);

    public ValueTask<IReadOnlyList<PendingOwner>> Pending(
        DateTimeOffset olderThan, int most, CancellationToken cancel) =>
        readers.Read(query => PostgresRecoveryReads.Pending(query, olderThan, most), cancel);

    public ValueTask<IReadOnlyList<DueTimer>> Timers(DateTimeOffset until, int most, CancellationToken cancel) =>
        readers.Read(query => PostgresRecoveryReads.Timers(query, until, most), cancel);

    public ValueTask<IReadOnlyList<OpenMerge>> OpenMerges(int most, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresRecoveryReads.OpenMerges(query, most), cancel);

    public ValueTask<IReadOnlyList<KnownIdentity>> Identities(
        TenantId tenant, IReadOnlyCollection<Identity> identities, CancellationToken cancel) =>
        readers.Read(query => PostgresDirectoryReads.Identities(query, tenant, identities), cancel);

    public ValueTask<PhoneNumberState?> NumberState(TenantId tenant, PhoneNumberId id, CancellationToken cancel) =>
        readers.Read(query => PostgresDirectoryReads.NumberState(query, tenant, id), cancel);

    public ValueTask<PhoneNumberState?> NumberByMetaId(string phoneNumberId, CancellationToken cancel) =>
        readers.Read(query => PostgresDirectoryReads.NumberByMetaId(query, phoneNumberId), cancel);

    public ValueTask<ApiKeyAdded?> ApiKey(string hash, CancellationToken cancel) =>
        readers.Read(query => PostgresDirectoryReads.ApiKey(query, hash), cancel);

    public ValueTask<IdempotencyKept?> Idempotency(
        TenantId tenant, string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        readers.Read(query => PostgresDirectoryReads.Idempotency(query, tenant, key, notBefore), cancel);

    public ValueTask<IReadOnlyList<TenantState>> Tenants(CancellationToken cancel) =>
        readers.Read(PostgresDirectoryReads.Tenants, cancel);

    public ValueTask<TenantChanges> TenantsSince(long revision, CancellationToken cancel) =>
        readers.Read(query => PostgresDirectoryReads.Since(query, revision), cancel);

    public ValueTask<IReadOnlyList<ConversationState>> Conversations(
        ConversationFilter filter, CancellationToken cancel) =>
        readers.Read(query => PostgresListReads.Conversations(query, filter), cancel);

    public ValueTask<IReadOnlyList<StoredMessage>> Messages(MessageFilter filter, CancellationToken cancel) =>
        readers.Read(query => PostgresMessageReads.List(query, archive, filter), cancel);

    public ValueTask<StoredMessage?> Message(TenantId tenant, MessageId id, CancellationToken cancel) =>
        readers.Read(query => PostgresMessageReads.One(query, archive, tenant, id), cancel);

    public ValueTask<IReadOnlyList<StoredAttempt>> Attempts(TenantId tenant, MessageId id, CancellationToken cancel) =>
        readers.Read(query => PostgresMessageReads.Attempts(query, tenant, id), cancel);

    public ValueTask<IReadOnlyList<AlertRaised>> Alerts(
        TenantId tenant, MessageId? before, int most, CancellationToken cancel) =>
        readers.Read(query => PostgresListReads.Alerts(query, tenant, before, most), cancel);

    public ValueTask<IReadOnlyList<PaceChanged>> PaceHistory(PaceHistoryFilter filter, CancellationToken cancel) =>
        readers.Read(query => PostgresListReads.PaceHistory(query, filter), cancel);

    public ValueTask<IReadOnlyList<PhoneNumberState>> Numbers(TenantId tenant, CancellationToken cancel) =>
        readers.Read(query => PostgresListReads.Numbers(query, tenant), cancel);

    public ValueTask<IReadOnlyList<TeamState>> Teams(TenantId tenant, CancellationToken cancel) =>
        readers.Read(query => PostgresListReads.Teams(query, tenant), cancel);

    public ValueTask<IReadOnlyList<StoredAgent>> Agents(TenantId tenant, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresActivationReads.Agents(query, tenant, null), cancel);

    public ValueTask<IReadOnlyList<ApiKeyAdded>> ApiKeys(TenantId tenant, CancellationToken cancel) =>
        readers.Read(query => PostgresDirectoryReads.ApiKeys(query, tenant), cancel);

    public ValueTask<BulkSendState?> BulkSend(TenantId tenant, BulkSendId id, CancellationToken cancel) =>
        readers.Read(query => PostgresBulkReads.One(query, tenant, id), cancel);

    public ValueTask<IReadOnlyList<BulkSendState>> BulkSends(
        TenantId tenant, BulkSendId? before, int most, CancellationToken cancel) =>
        readers.Read(query => PostgresBulkReads.List(query, tenant, before, most), cancel);

    public ValueTask<IReadOnlyList<BulkRecipient>> BulkPending(
        TenantId tenant, BulkSendId id, int from, int most, CancellationToken cancel) =>
        readers.Read(query => PostgresBulkReads.Pending(query, tenant, id, from, most), cancel);

    public ValueTask<IReadOnlyList<QueuedOfSend>> BulkQueued(
        TenantId tenant, BulkSendId id, IReadOnlyList<PhoneNumberId> numbers, int most, CancellationToken cancel) =>
        readers.Read(query => PostgresBulkReads.Queued(query, tenant, id, numbers, most), cancel);

    public ValueTask<BulkTally> BulkTally(TenantId tenant, BulkSendId id, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresBulkReads.Tally(query, archive, tenant, id), cancel);

    public ValueTask<IReadOnlyList<BulkResult>> BulkResults(BulkResultFilter filter, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresBulkReads.Results(query, archive, filter), cancel);

    public ValueTask<IReadOnlyList<ConversationState>> ConversationsOf(
        TenantId tenant, IReadOnlyCollection<ContactId> contacts, IReadOnlyCollection<PhoneNumberId> numbers,
        CancellationToken cancel) =>
        readers.Read(query => PostgresBulkReads.ConversationsOf(query, tenant, contacts, numbers), cancel);

    public ValueTask<int> AttemptsStarted(
        TenantId tenant, PhoneNumberId number, DateTimeOffset from, DateTimeOffset until, int most,
        CancellationToken cancel) =>
        readers.Read(query => PostgresBulkReads.AttemptsStarted(query, tenant, number, (from, until), most), cancel);

    public ValueTask<StoredPortfolio?> Portfolio(TenantId tenant, PortfolioId id, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresBudgetReads.One(query, tenant, id), cancel);

    public ValueTask<IReadOnlyList<PortfolioState>> Portfolios(TenantId tenant, CancellationToken cancel) =>
        readers.Read(query => PostgresBudgetReads.All(query, tenant), cancel);

    public ValueTask<IReadOnlyList<BudgetFate>> BudgetFates(
        TenantId tenant, PortfolioId id, int most, CancellationToken cancel) =>
        readers.Snapshot(query => PostgresBudgetReads.Fates(query, archive, tenant, id, most), cancel);

    public ValueTask<FeedPage?> Feed(TenantId tenant, FeedPosition? after, int most, CancellationToken cancel) =>
        readers.Read(query => PostgresFeedReads.Feed(query, tenant, after, most), cancel);

    public ValueTask<FeedPosition> FeedEnd(CancellationToken cancel) => readers.Read(PostgresFeedReads.End, cancel);

    public ValueTask<IReadOnlyDictionary<string, long>> Counts(CancellationToken cancel) =>
        readers.Read(PostgresListReads.Counts, cancel);
}
