using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Teams;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Reading;

/// <summary>Lists for the API: newest first, by key-set cursor, never by offset.</summary>
public interface IListReads
{
    /// <summary>Conversations by (last activity, id), newest first.</summary>
    ValueTask<IReadOnlyList<ConversationState>> Conversations(ConversationFilter filter, CancellationToken cancel);

    /// <summary>Messages by id, newest first, of one conversation and its aliases or of the whole tenant.</summary>
    ValueTask<IReadOnlyList<StoredMessage>> Messages(MessageFilter filter, CancellationToken cancel);

    /// <summary>One message with its attempts; null if there is none.</summary>
    ValueTask<StoredMessage?> Message(TenantId tenant, MessageId id, CancellationToken cancel);

    /// <summary>The attempts to send one message, first to last.</summary>
    ValueTask<IReadOnlyList<StoredAttempt>> Attempts(TenantId tenant, MessageId id, CancellationToken cancel);

    /// <summary>How many attempts a number started from one moment until before another, counted up to a
    /// bound.</summary>
    ValueTask<int> AttemptsStarted(
        TenantId tenant, PhoneNumberId number, DateTimeOffset from, DateTimeOffset until, int most,
        CancellationToken cancel);

    /// <summary>Alerts, newest first.</summary>
    /// <param name="before">Only older than this; null for the newest.</param>
    ValueTask<IReadOnlyList<AlertRaised>> Alerts(
        TenantId tenant, MessageId? before, int most, CancellationToken cancel);

    /// <summary>The pace history of a number, newest first.</summary>
    ValueTask<IReadOnlyList<PaceChanged>> PaceHistory(PaceHistoryFilter filter, CancellationToken cancel);

    /// <summary>All numbers of a tenant, by id.</summary>
    ValueTask<IReadOnlyList<PhoneNumberState>> Numbers(TenantId tenant, CancellationToken cancel);

    /// <summary>All teams of a tenant, by id.</summary>
    ValueTask<IReadOnlyList<TeamState>> Teams(TenantId tenant, CancellationToken cancel);

    /// <summary>All agents of a tenant, by id, with what they hold.</summary>
    ValueTask<IReadOnlyList<StoredAgent>> Agents(TenantId tenant, CancellationToken cancel);

    /// <summary>The keys of a tenant that are not revoked, oldest first.</summary>
    ValueTask<IReadOnlyList<ApiKeyAdded>> ApiKeys(TenantId tenant, CancellationToken cancel);

    /// <summary>How many rows of each table there are, for health and tests: table name to count.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> Counts(CancellationToken cancel);
}

/// <summary>Which conversations to list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Phase">Only in this phase; null for all but aliases.</param>
/// <param name="Holder">Only held by this agent.</param>
/// <param name="Team">Only of this team.</param>
/// <param name="Number">Only of this number.</param>
/// <param name="Before">Only before this position in the order; null for the first page.</param>
/// <param name="Most">Page size, 1 to 200.</param>
public sealed record ConversationFilter(
    TenantId Tenant,
    ConversationPhase? Phase,
    AgentId? Holder,
    TeamId? Team,
    PhoneNumberId? Number,
    ConversationPosition? Before,
    int Most);

/// <summary>A place in the order of conversations.</summary>
public readonly record struct ConversationPosition(DateTimeOffset LastActivityAt, ConversationId Id);

/// <summary>Which messages to list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Conversations">Of these conversations; empty for the whole tenant.</param>
/// <param name="Direction">Only this way.</param>
/// <param name="Status">Only at this status.</param>
/// <param name="Since">Not older than this.</param>
/// <param name="Before">Only ids below this; null for the newest.</param>
/// <param name="Most">Page size, 1 to 200.</param>
public sealed record MessageFilter(
    TenantId Tenant,
    IReadOnlyList<ConversationId> Conversations,
    Direction? Direction,
    MessageStatus? Status,
    DateTimeOffset? Since,
    MessageId? Before,
    int Most);

/// <summary>Which part of a number's pace history to list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Number">Of which number.</param>
/// <param name="Since">Not older than this; null for all that is kept.</param>
/// <param name="Before">Only entries below this number; null for the newest.</param>
/// <param name="Most">Page size, 1 to 200.</param>
public sealed record PaceHistoryFilter(
    TenantId Tenant, PhoneNumberId Number, DateTimeOffset? Since, long? Before, int Most);

/// <summary>A message as archived, with how far it has come.</summary>
public sealed record StoredMessage(MessageRow Row, DateTimeOffset StatusAt, SendError? Error, string? Pricing)
{
    /// <summary>When Meta sent it on; null where it has not said so before anything further, or not yet.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it reached the contact's device; null as above.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
}

/// <summary>One attempt to send a message.</summary>
public sealed record StoredAttempt(
    int Attempt, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Outcome, int Code, string? Wamid);
